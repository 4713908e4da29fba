import { bytes, flops } from "../../units/index.ts";
import { matrix, vector, type WeightTensor } from "../weight-tensor.ts";
import type { AttentionKind, KvCacheShape } from "./attention-kind.ts";
import { slidingContext, wholeContext } from "./cached-blocks.ts";
import { causalPairs } from "./causal-pairs.ts";

/**
 * DeepSeek-V4: every head reads one shared key-value vector. Beside a sliding window a layer keeps the rest of the context
 * compressed, one entry for `ratio` tokens; where the ratio is small, an index picks the entries that are read.
 */
export interface CompressedAttention {
  readonly kind: "compressed";
  readonly numAttentionHeads: number;
  readonly headDim: number;
  readonly qLoraRank: number;
  readonly outputLoraRank: number;
  readonly outputGroups: number;
  readonly slidingWindow: number;
  /** Absent: the window is all that the layer sees. */
  readonly compression?: Compression;
}

export interface Compression {
  readonly ratio: number;
  readonly indexer?: { readonly heads: number; readonly headDim: number; readonly topEntries: number };
}

/** An indexed compressor pools two overlapping groups at once. */
const overlap = ({ indexer }: Compression): number => (indexer ? 2 : 1);

/** An index key in FP8 with one 4-byte scale for 128 values. */
const indexBytes = ({ indexer }: Compression): number => (indexer ? indexer.headDim + 4 * Math.ceil(indexer.headDim / 128) : 0);

const entryBytes = ({ headDim }: CompressedAttention, { bytesPerValue }: KvCacheShape): number => headDim * bytesPerValue;

/**
 * Cache of one token of the context.
 *
 *   headDim · bytesPerValue                          a layer with a window only
 *   (headDim · bytesPerValue + index key) / ratio    a compressed layer; its window is counted as fixed
 */
const kvBytesPerTokenPerLayer = (attention: CompressedAttention, shape: KvCacheShape) => {
  const { compression } = attention;
  const entry = entryBytes(attention, shape);
  return bytes(compression ? (entry + indexBytes(compression)) / compression.ratio : entry);
};

/** The window, and the inputs and scores in F32 that wait to be pooled into the next entry. */
const fixedBytes = (attention: CompressedAttention, shape: KvCacheShape): number => {
  const { compression, headDim, slidingWindow } = attention;
  if (!compression) return 0;
  const waiting = 2 * 4 * overlap(compression) ** 2 * compression.ratio * (headDim + (compression.indexer?.headDim ?? 0));
  return slidingWindow * entryBytes(attention, shape) + waiting;
};

const replicated = { split: { by: "replicated" } } as const;

const tensors = (attention: CompressedAttention, hiddenSize: number): readonly WeightTensor[] => {
  const { numAttentionHeads, headDim, qLoraRank, outputLoraRank, outputGroups, compression } = attention;
  const queryRows = numAttentionHeads * headDim;
  return [
    matrix("attention", qLoraRank, hiddenSize, replicated),
    vector("norms", qLoraRank),
    matrix("attention", queryRows, qLoraRank),
    matrix("attention", headDim, hiddenSize, replicated),
    vector("norms", headDim),
    matrix("attention", outputGroups * outputLoraRank, Math.ceil(queryRows / outputGroups)),
    matrix("attention", hiddenSize, outputGroups * outputLoraRank),
    vector("attention", numAttentionHeads, { alwaysFp32: true }),
    ...(compression ? compressorTensors(compression, headDim, hiddenSize) : []),
    ...(compression ? indexerTensors(compression, qLoraRank, hiddenSize) : []),
  ];
};

const compressorTensors = (compression: Compression, width: number, hiddenSize: number): WeightTensor[] => {
  const wide = overlap(compression) * width;
  return [
    matrix("attention", wide, hiddenSize, { ...replicated, copies: 2, quantized: false }),
    matrix("attention", compression.ratio, wide, { ...replicated, alwaysFp32: true }),
    vector("norms", width),
  ];
};

const indexerTensors = (compression: Compression, qLoraRank: number, hiddenSize: number): WeightTensor[] => {
  const { indexer } = compression;
  if (!indexer) return [];
  return [
    matrix("attention", indexer.heads * indexer.headDim, qLoraRank, replicated),
    matrix("attention", indexer.heads, hiddenSize, { ...replicated, quantized: false }),
    ...compressorTensors(compression, indexer.headDim, hiddenSize),
  ];
};

/** Entries of the compressed context that one query reads. */
const attendedEntries = ({ ratio, indexer }: Compression, contextTokens: number): number =>
  Math.min(contextTokens / ratio, indexer?.topEntries ?? Number.POSITIVE_INFINITY);

const attended = ({ compression, slidingWindow }: CompressedAttention, contextTokens: number): number =>
  Math.min(contextTokens, slidingWindow) + (compression ? attendedEntries(compression, contextTokens) : 0);

const flopsPerPair = ({ numAttentionHeads, headDim }: CompressedAttention): number => 4 * numAttentionHeads * headDim;

const indexFlops = ({ compression }: CompressedAttention, pairs: number): number =>
  compression?.indexer ? (2 * compression.indexer.heads * compression.indexer.headDim * pairs) / compression.ratio : 0;

export const compressed: AttentionKind<CompressedAttention> = {
  tensors,
  kvBytesPerTokenPerLayer,
  cachedTokens: ({ compression, slidingWindow }, span) => (compression ? wholeContext(span) : slidingContext(span, slidingWindow)),
  fixedBytesPerRequestPerLayer: (attention, shape) => bytes(fixedBytes(attention, shape)),
  cacheSplit: () => ({ by: "replicated" }),
  decodeBytes: (attention, shape) => {
    const { compression } = attention;
    const index = compression ? (indexBytes(compression) * shape.contextTokens) / compression.ratio : 0;
    return bytes(entryBytes(attention, shape) * attended(attention, shape.contextTokens) + index);
  },
  decodeFlops: (attention, contextTokens) =>
    flops(flopsPerPair(attention) * attended(attention, contextTokens) + indexFlops(attention, contextTokens)),
  prefillFlops: (attention, promptTokens) => {
    const { compression, slidingWindow } = attention;
    const reach = compression?.indexer ? compression.indexer.topEntries * compression.ratio : undefined;
    const entries = compression ? causalPairs(promptTokens, reach) / compression.ratio : 0;
    const pairs = causalPairs(promptTokens, slidingWindow) + entries;
    return flops(flopsPerPair(attention) * pairs + indexFlops(attention, causalPairs(promptTokens)));
  },
  projectedWidths: ({ numAttentionHeads, headDim }) => ({ query: numAttentionHeads * headDim, keyValue: headDim }),
  heads: ({ numAttentionHeads }) => numAttentionHeads,
};

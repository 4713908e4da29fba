import { bytes, flops } from "../../units/index.ts";
import { matrix, vector, type WeightTensor } from "../weight-tensor.ts";
import type { AttentionKind } from "./attention-kind.ts";
import { wholeContext } from "./cached-blocks.ts";
import { causalPairs } from "./causal-pairs.ts";

/** DeepSeek's MLA: all heads share one compressed latent and one rotary key. */
export interface MultiHeadLatentAttention {
  readonly kind: "multi-head-latent";
  readonly numAttentionHeads: number;
  /** Absent: queries are projected in one step, as in DeepSeek-V2-Lite. */
  readonly qLoraRank?: number;
  readonly kvLoraRank: number;
  readonly qkNopeHeadDim: number;
  readonly qkRopeHeadDim: number;
  readonly vHeadDim: number;
  /** DeepSeek-V3.2's sparse attention: a small index over the cache picks the tokens that are read. */
  readonly indexer?: SparseIndexer;
  /** Kimi-K3 gates the output by a projection of the hidden state. */
  readonly outputGate?: "none" | "full";
}

export interface SparseIndexer {
  readonly heads: number;
  readonly headDim: number;
  readonly topTokens: number;
}

/**
 * KV cache of one token in one layer on one accelerator, for MLA.
 *
 *   bytes = (kvLoraRank + qkRopeHeadDim) · bytesPerValue + indexer
 *
 * Tensor parallelism does not divide it: every rank holds the whole latent.
 * The indexer's cache is FP8 with one 4-byte scale per 128 values whatever the KV format (132 B on V3.2).
 * DeepSeek-V3, bf16: (512 + 64) · 2 = 1 152 B, or 70 272 B over its 61 layers.
 */
const kvBytesPerTokenPerLayer: AttentionKind<MultiHeadLatentAttention>["kvBytesPerTokenPerLayer"] = (attention, shape) =>
  bytes(latentBytesPerToken(attention, shape.bytesPerValue) + indexerBytesPerToken(attention.indexer));

/** Kernels for sparse attention read an 8-bit latent only packed: FP8 with an F32 scale per 128, rotary values in 16 bits (656 B on V3.2). */
const latentBytesPerToken = ({ kvLoraRank, qkRopeHeadDim, indexer }: MultiHeadLatentAttention, bytesPerValue: number): number =>
  indexer && bytesPerValue === 1
    ? kvLoraRank + 4 * Math.ceil(kvLoraRank / 128) + 2 * qkRopeHeadDim
    : (kvLoraRank + qkRopeHeadDim) * bytesPerValue;

const indexerBytesPerToken = (indexer: SparseIndexer | undefined): number =>
  indexer ? indexer.headDim + 4 * Math.ceil(indexer.headDim / 128) : 0;

const tensors = (attention: MultiHeadLatentAttention, hiddenSize: number): readonly WeightTensor[] => {
  const { numAttentionHeads, qLoraRank, kvLoraRank, qkNopeHeadDim, qkRopeHeadDim, vHeadDim } = attention;
  const queryRows = numAttentionHeads * (qkNopeHeadDim + qkRopeHeadDim);
  const replicated = { split: { by: "replicated" } } as const;
  return [
    ...(qLoraRank === undefined
      ? [matrix("attention", queryRows, hiddenSize)]
      : [matrix("attention", qLoraRank, hiddenSize, replicated), matrix("attention", queryRows, qLoraRank), vector("norms", qLoraRank)]),
    matrix("attention", kvLoraRank + qkRopeHeadDim, hiddenSize, replicated),
    vector("norms", kvLoraRank),
    matrix("attention", numAttentionHeads * (qkNopeHeadDim + vHeadDim), kvLoraRank),
    matrix("attention", hiddenSize, numAttentionHeads * vHeadDim),
    ...(attention.outputGate === "full" ? [matrix("attention", numAttentionHeads * vHeadDim, hiddenSize)] : []),
    ...indexerTensors(attention, hiddenSize),
  ];
};

const indexerTensors = ({ indexer, qLoraRank = 0 }: MultiHeadLatentAttention, hiddenSize: number): WeightTensor[] => {
  if (!indexer) return [];
  const replicated = { split: { by: "replicated" } } as const;
  return [
    matrix("attention", indexer.heads * indexer.headDim, qLoraRank, replicated),
    matrix("attention", indexer.headDim, hiddenSize, replicated),
    vector("norms", indexer.headDim, { copies: 2 }),
    matrix("attention", indexer.heads, hiddenSize, { ...replicated, quantized: false }),
  ];
};

/** Tokens that one query reads once the index has picked them. */
const attendedTokens = ({ indexer }: MultiHeadLatentAttention, contextTokens: number): number =>
  Math.min(contextTokens, indexer?.topTokens ?? Number.POSITIVE_INFINITY);

/** The index scores every earlier token. */
const indexFlopsPerPair = ({ indexer }: MultiHeadLatentAttention): number => (indexer ? 2 * indexer.heads * indexer.headDim : 0);

/** Decoding keeps the latent compressed ("absorbed"): scores over rank + rope, values over rank. */
const decodeFlopsPerPair = ({ numAttentionHeads, kvLoraRank, qkRopeHeadDim }: MultiHeadLatentAttention): number =>
  2 * numAttentionHeads * (2 * kvLoraRank + qkRopeHeadDim);

const prefillFlopsPerPair = ({ numAttentionHeads, qkNopeHeadDim, qkRopeHeadDim, vHeadDim }: MultiHeadLatentAttention): number =>
  2 * numAttentionHeads * (qkNopeHeadDim + qkRopeHeadDim + vHeadDim);

export const multiHeadLatent: AttentionKind<MultiHeadLatentAttention> = {
  tensors,
  kvBytesPerTokenPerLayer,
  cachedTokens: (_, span) => wholeContext(span),
  fixedBytesPerRequestPerLayer: () => bytes(0),
  cacheSplit: () => ({ by: "replicated" }),
  decodeBytes: (attention, shape) => {
    const indexBytes = indexerBytesPerToken(attention.indexer);
    const latentBytes = kvBytesPerTokenPerLayer(attention, shape) - indexBytes;
    return bytes(latentBytes * attendedTokens(attention, shape.contextTokens) + indexBytes * shape.contextTokens);
  },
  decodeFlops: (attention, contextTokens) =>
    flops(decodeFlopsPerPair(attention) * attendedTokens(attention, contextTokens) + indexFlopsPerPair(attention) * contextTokens),
  prefillFlops: (attention, promptTokens) =>
    flops(
      prefillFlopsPerPair(attention) * causalPairs(promptTokens, attention.indexer?.topTokens) +
        indexFlopsPerPair(attention) * causalPairs(promptTokens),
    ),
  projectedWidths: ({ numAttentionHeads, qkNopeHeadDim, qkRopeHeadDim, vHeadDim }) => ({
    query: numAttentionHeads * (qkNopeHeadDim + qkRopeHeadDim),
    keyValue: numAttentionHeads * (qkNopeHeadDim + vHeadDim),
  }),
  heads: ({ numAttentionHeads }) => numAttentionHeads,
};

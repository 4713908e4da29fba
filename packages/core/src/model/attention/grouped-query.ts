import { bytes, flops } from "../../units/index.ts";
import { matrix, vector, type WeightTensor } from "../weight-tensor.ts";
import type { AttentionKind, KvCacheShape } from "./attention-kind.ts";
import { chunkedContext, slidingContext, wholeContext } from "./cached-blocks.ts";
import { causalPairs, chunkedPairs } from "./causal-pairs.ts";

/** MHA, GQA and MQA, over the whole context, a sliding window of it, or the current chunk. */
export interface GroupedQueryAttention {
  readonly kind: "grouped-query";
  readonly numAttentionHeads: number;
  readonly numKeyValueHeads: number;
  /** Of queries and keys. */
  readonly headDim: number;
  /** Absent: values are as wide as keys. */
  readonly valueHeadDim?: number;
  /** Which earlier tokens a query sees; absent: all of them. */
  readonly reach?: AttentionReach;
  readonly queryKeyValueBias: boolean;
  readonly outputBias: boolean;
  /** `per-head` norms hold headDim elements, `full` ones the whole projection, `each-head` one norm for every head. */
  readonly queryKeyNorm: "none" | "per-head" | "each-head" | "full";
  /** Absent: "projected". "keys": the keys serve as values, and no projection makes values. */
  readonly values?: "projected" | "keys";
  /** What more a layer holds: one learned sink a head; a gate as wide as the queries, from the query projection. */
  readonly extras?: readonly ("sinks" | "output-gate" | "query-key-norm-bias")[];
  /** Block-sparse attention: a small index picks the blocks of the context that are read. */
  readonly blockIndex?: BlockIndex;
}

export type AttentionReach =
  | { readonly over: "window"; readonly tokens: number }
  /** Chunks follow one another; a query sees its own only. */
  | { readonly over: "chunk"; readonly tokens: number };

export interface BlockIndex {
  readonly heads: number;
  readonly headDim: number;
  /** Tokens that one query reads in the end. */
  readonly topTokens: number;
}

const valueHeadDimOf = ({ headDim, valueHeadDim = headDim }: GroupedQueryAttention): number => valueHeadDim;

/**
 * KV cache of one token in one layer on one accelerator, for MHA and GQA.
 *
 *   bytes = ⌈kvHeads / tp⌉ · (keyHeadDim + valueHeadDim) · bytesPerValue  (+ index keys, 16-bit, one head on every rank)
 *
 * Once tp exceeds kvHeads the heads are replicated, hence the ceiling.
 * Llama 3 8B, bf16, tp 1: 8 · (128 + 128) · 2 = 4 096 B, or 131 072 B over its 32 layers.
 */
const kvBytesPerTokenPerLayer = (attention: GroupedQueryAttention, shape: KvCacheShape) => {
  const kvHeadsPerRank = Math.ceil(attention.numKeyValueHeads / shape.tensorParallelSize);
  const heads = kvHeadsPerRank * (attention.headDim + valueHeadDimOf(attention)) * shape.bytesPerValue;
  return bytes(heads + indexBytesPerToken(attention));
};

const indexBytesPerToken = ({ blockIndex }: GroupedQueryAttention): number => (blockIndex ? 2 * blockIndex.headDim : 0);

const tensors = (attention: GroupedQueryAttention, hiddenSize: number): readonly WeightTensor[] => {
  const { numAttentionHeads, numKeyValueHeads, headDim, extras = [] } = attention;
  const valueHeadDim = valueHeadDimOf(attention);
  const queryRows = numAttentionHeads * headDim * (extras.includes("output-gate") ? 2 : 1);
  const keyRows = numKeyValueHeads * headDim;
  const valueRows = attention.values === "keys" ? 0 : numKeyValueHeads * valueHeadDim;
  const split = { by: "kv-heads", heads: numKeyValueHeads } as const;
  return [
    matrix("attention", queryRows, hiddenSize),
    matrix("attention", keyRows, hiddenSize, { split }),
    ...(valueRows > 0 ? [matrix("attention", valueRows, hiddenSize, { split })] : []),
    matrix("attention", hiddenSize, numAttentionHeads * valueHeadDim),
    ...(attention.queryKeyValueBias
      ? [vector("attention", queryRows, { split: { by: "tensor" } }), vector("attention", keyRows + valueRows, { split })]
      : []),
    ...(attention.outputBias ? [vector("attention", hiddenSize)] : []),
    ...(extras.includes("sinks") ? [vector("attention", numAttentionHeads, { split: { by: "tensor" } })] : []),
    ...queryKeyNorms(attention),
    ...indexTensors(attention, hiddenSize),
  ];
};

const queryKeyNorms = (attention: GroupedQueryAttention): WeightTensor[] => {
  const { queryKeyNorm, numAttentionHeads, numKeyValueHeads, headDim, extras = [] } = attention;
  const copies = extras.includes("query-key-norm-bias") ? 2 : 1;
  switch (queryKeyNorm) {
    case "none":
      return [];
    case "per-head":
      return [vector("norms", headDim, { copies: 2 * copies })];
    case "each-head":
    case "full":
      return [vector("norms", numAttentionHeads * headDim, { copies }), vector("norms", numKeyValueHeads * headDim, { copies })];
  }
};

/** Index queries and one index key, each normed. */
const indexTensors = ({ blockIndex }: GroupedQueryAttention, hiddenSize: number): WeightTensor[] => {
  if (!blockIndex) return [];
  const replicated = { split: { by: "replicated" } } as const;
  return [
    matrix("attention", blockIndex.heads * blockIndex.headDim, hiddenSize, replicated),
    matrix("attention", blockIndex.headDim, hiddenSize, replicated),
    vector("norms", blockIndex.headDim, { copies: 2 }),
  ];
};

/** Most tokens that one query reads. */
const mostTokens = ({ reach, blockIndex }: GroupedQueryAttention): number =>
  Math.min(reach?.tokens ?? Number.POSITIVE_INFINITY, blockIndex?.topTokens ?? Number.POSITIVE_INFINITY);

/** In a chunk a token sees half of it on average; a context shorter than the chunk is seen whole. */
const attendedTokens = (attention: GroupedQueryAttention, contextTokens: number): number => {
  const { reach } = attention;
  if (reach?.over === "chunk" && contextTokens > reach.tokens) return reach.tokens / 2;
  return Math.min(contextTokens, mostTokens(attention));
};

/** One multiply-add for the score and one for the weighted value, for each head and dimension. */
const flopsPerPair = (attention: GroupedQueryAttention): number =>
  2 * attention.numAttentionHeads * (attention.headDim + valueHeadDimOf(attention));

const indexFlopsPerPair = ({ blockIndex }: GroupedQueryAttention): number => (blockIndex ? 2 * blockIndex.heads * blockIndex.headDim : 0);

const promptPairs = (attention: GroupedQueryAttention, promptTokens: number): number =>
  attention.reach?.over === "chunk" ? chunkedPairs(promptTokens, attention.reach.tokens) : causalPairs(promptTokens, mostTokens(attention));

export const groupedQuery: AttentionKind<GroupedQueryAttention> = {
  tensors,
  kvBytesPerTokenPerLayer,
  cachedTokens: ({ reach }, span) => {
    switch (reach?.over) {
      case undefined:
        return wholeContext(span);
      case "window":
        return slidingContext(span, reach.tokens);
      case "chunk":
        return chunkedContext(span, reach.tokens);
    }
  },
  fixedBytesPerRequestPerLayer: () => bytes(0),
  cacheSplit: ({ numKeyValueHeads }) => ({ by: "kv-heads", heads: numKeyValueHeads }),
  decodeBytes: (attention, shape) => {
    const indexBytes = indexBytesPerToken(attention);
    const perToken = kvBytesPerTokenPerLayer(attention, shape) - indexBytes;
    return bytes(perToken * attendedTokens(attention, shape.contextTokens) + indexBytes * shape.contextTokens);
  },
  decodeFlops: (attention, contextTokens) =>
    flops(flopsPerPair(attention) * attendedTokens(attention, contextTokens) + indexFlopsPerPair(attention) * contextTokens),
  prefillFlops: (attention, promptTokens) =>
    flops(flopsPerPair(attention) * promptPairs(attention, promptTokens) + indexFlopsPerPair(attention) * causalPairs(promptTokens)),
  projectedWidths: (attention) => ({
    query: attention.numAttentionHeads * attention.headDim,
    keyValue: attention.numKeyValueHeads * attention.headDim,
  }),
  heads: ({ numAttentionHeads }) => numAttentionHeads,
};

import { bytes, flops } from "../../units/index.ts";
import { matrix, vector, type WeightTensor } from "../weight-tensor.ts";
import type { AttentionKind } from "./attention-kind.ts";

/** MHA, GQA and MQA, over the whole context or a sliding window of it. */
export interface GroupedQueryAttention {
  readonly kind: "grouped-query";
  readonly numAttentionHeads: number;
  readonly numKeyValueHeads: number;
  readonly headDim: number;
  /** Absent: a query sees its whole context. */
  readonly slidingWindow?: number;
  readonly queryKeyValueBias: boolean;
  readonly outputBias: boolean;
  /** `per-head` norms hold headDim elements, `full` ones the whole projection. */
  readonly queryKeyNorm: "none" | "per-head" | "full";
}

/**
 * KV cache of one token in one layer on one accelerator, for MHA and GQA.
 *
 *   bytes = 2 · ⌈kvHeads / tp⌉ · headDim · bytesPerValue          (2: one key, one value)
 *
 * Once tp exceeds kvHeads the heads are replicated, hence the ceiling.
 * Llama 3 8B, bf16, tp 1: 2 · 8 · 128 · 2 = 4 096 B, or 131 072 B over its 32 layers.
 */
const kvBytesPerTokenPerLayer: AttentionKind<GroupedQueryAttention>["kvBytesPerTokenPerLayer"] = (attention, shape) => {
  const kvHeadsPerRank = Math.ceil(attention.numKeyValueHeads / shape.tensorParallelSize);
  return bytes(2 * kvHeadsPerRank * attention.headDim * shape.bytesPerValue);
};

const tensors = (attention: GroupedQueryAttention, hiddenSize: number): readonly WeightTensor[] => {
  const queryRows = attention.numAttentionHeads * attention.headDim;
  const keyValueRows = attention.numKeyValueHeads * attention.headDim;
  const byKeyValueHead = { by: "kv-heads", heads: attention.numKeyValueHeads } as const;
  return [
    matrix("attention", queryRows, hiddenSize),
    matrix("attention", keyValueRows, hiddenSize, { copies: 2, split: byKeyValueHead }),
    matrix("attention", hiddenSize, queryRows),
    ...(attention.queryKeyValueBias
      ? [
          vector("attention", queryRows, { split: { by: "tensor" } }),
          vector("attention", keyValueRows, { copies: 2, split: byKeyValueHead }),
        ]
      : []),
    ...(attention.outputBias ? [vector("attention", hiddenSize)] : []),
    ...queryKeyNorms(attention, queryRows, keyValueRows),
  ];
};

const queryKeyNorms = ({ queryKeyNorm, headDim }: GroupedQueryAttention, queryRows: number, keyValueRows: number): WeightTensor[] => {
  switch (queryKeyNorm) {
    case "none":
      return [];
    case "per-head":
      return [vector("norms", headDim, { copies: 2 })];
    case "full":
      return [vector("norms", queryRows), vector("norms", keyValueRows)];
  }
};

const insideWindow = ({ slidingWindow = Number.POSITIVE_INFINITY }: GroupedQueryAttention, contextTokens: number): number =>
  Math.min(contextTokens, slidingWindow);

/** One multiply-add for the score and one for the weighted value, for each head and dimension. */
const flopsPerAttendedToken = (attention: GroupedQueryAttention) => flops(4 * attention.numAttentionHeads * attention.headDim);

export const groupedQuery: AttentionKind<GroupedQueryAttention> = {
  tensors,
  kvBytesPerTokenPerLayer,
  cachedTokens: insideWindow,
  attendedTokens: insideWindow,
  decodeFlopsPerAttendedToken: flopsPerAttendedToken,
  prefillFlopsPerAttendedToken: flopsPerAttendedToken,
  projectedWidths: ({ numAttentionHeads, numKeyValueHeads, headDim }) => ({
    query: numAttentionHeads * headDim,
    keyValue: numKeyValueHeads * headDim,
  }),
  heads: ({ numAttentionHeads }) => numAttentionHeads,
};

import type { AttentionKind } from "./attention-kind.ts";
import { type GroupedQueryAttention, groupedQuery } from "./grouped-query.ts";

/** Attention of a model known by counts alone: its weights are counted elsewhere, its cache is that of a stated or assumed shape. */
export interface CountedAttention {
  readonly kind: "counted";
  readonly shape: GroupedQueryAttention;
}

export const countedAttention: AttentionKind<CountedAttention> = {
  tensors: () => [],
  kvBytesPerTokenPerLayer: ({ shape }, onRank) => groupedQuery.kvBytesPerTokenPerLayer(shape, onRank),
  cachedTokens: ({ shape }, span) => groupedQuery.cachedTokens(shape, span),
  fixedBytesPerRequestPerLayer: ({ shape }, onRank) => groupedQuery.fixedBytesPerRequestPerLayer(shape, onRank),
  cacheSplit: ({ shape }) => groupedQuery.cacheSplit(shape),
  decodeBytes: ({ shape }, decoding) => groupedQuery.decodeBytes(shape, decoding),
  decodeFlops: ({ shape }, contextTokens) => groupedQuery.decodeFlops(shape, contextTokens),
  prefillFlops: ({ shape }, promptTokens) => groupedQuery.prefillFlops(shape, promptTokens),
  projectedWidths: ({ shape }) => groupedQuery.projectedWidths(shape),
  heads: ({ shape }) => groupedQuery.heads(shape),
};

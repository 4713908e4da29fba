import { type Attention, attentionKind, type KvCacheShape, type ModelArchitecture } from "../model/index.ts";

/** What attention of equal layers moves and computes on one rank. Sizes in bytes, work in FLOPs. */
export interface AttentionWork {
  /** Of one new token against a context. */
  readonly cacheBytes: (contextTokens: number) => number;
  readonly decodeFlops: (contextTokens: number) => number;
  /** Of a whole prompt, causally. */
  readonly prefillFlops: (promptTokens: number) => number;
}

export const attentionWork = (
  { layers }: ModelArchitecture,
  shape: KvCacheShape & { readonly contextParallelSize: number },
): AttentionWork[] => {
  const counts = new Map<Attention, number>();
  for (const { attention, count } of layers) counts.set(attention, (counts.get(attention) ?? 0) + count);
  return [...counts].map(([attention, count]) => {
    const kind = attentionKind(attention);
    const onRank = count / shape.tensorParallelSize;
    return {
      cacheBytes: (contextTokens) => (count * kind.decodeBytes(attention, { ...shape, contextTokens })) / shape.contextParallelSize,
      decodeFlops: (contextTokens) => onRank * kind.decodeFlops(attention, contextTokens),
      prefillFlops: (promptTokens) => onRank * kind.prefillFlops(attention, promptTokens),
    };
  });
};

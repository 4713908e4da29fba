import { attentionKind, type KvCacheShape, type ModelArchitecture } from "../model/index.ts";

/** What attention of a group of equal layers moves and computes on one rank. Sizes in bytes, work in FLOPs. */
export interface AttentionWork {
  /** Of one new token against a context. */
  readonly cacheBytes: (contextTokens: number) => number;
  readonly decodeFlops: (contextTokens: number) => number;
  /** Of a whole prompt, causally. */
  readonly prefillFlops: (promptTokens: number) => number;
}

export const attentionWork = (model: ModelArchitecture, shape: KvCacheShape): AttentionWork[] =>
  model.layers.map(({ attention, count }) => {
    const kind = attentionKind(attention);
    const onRank = count / shape.tensorParallelSize;
    const bytesPerToken = count * kind.kvBytesPerTokenPerLayer(attention, shape);
    const decodeFlops = onRank * kind.decodeFlopsPerAttendedToken(attention);
    const prefillFlops = onRank * kind.prefillFlopsPerAttendedToken(attention);
    return {
      cacheBytes: (contextTokens) => bytesPerToken * kind.attendedTokens(attention, contextTokens),
      decodeFlops: (contextTokens) => decodeFlops * kind.attendedTokens(attention, contextTokens),
      prefillFlops: (promptTokens) =>
        prefillFlops * promptTokens * Math.min(promptTokens / 2, kind.attendedTokens(attention, promptTokens)),
    };
  });

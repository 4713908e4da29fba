import { attentionKind } from "../model/index.ts";
import type { KvCacheFormat } from "../request/precision.ts";
import { type Bytes, bytes } from "../units/index.ts";
import type { PipelineStage } from "./pipeline-stages.ts";
import type { ParallelLayout } from "./resolve-layout.ts";
import { bytesPerKvValue } from "./resolve-precision.ts";

/** Engines hand out the cache in blocks of this many tokens. */
const kvBlockTokens = 16;

interface CacheOnRank {
  readonly stage: PipelineStage;
  readonly layout: ParallelLayout;
  readonly kvCache: KvCacheFormat;
}

/** Cache of one token of a long context on one rank of a stage, over all its layers that keep every token. */
export const kvBytesPerToken = (input: CacheOnRank): Bytes => bytes(requestBytes(input, 1) - requestBytes(input, 0));

/** Cache of one request of `contextTokens` on one rank of a stage; sliding windows keep only their last tokens. */
export const kvBytesPerRequest = (input: CacheOnRank, contextTokens: number): Bytes =>
  bytes(requestBytes(input, contextTokens, kvBlockTokens));

const requestBytes = ({ stage, layout, kvCache }: CacheOnRank, contextTokens: number, blockTokens = 1): number => {
  const shape = { tensorParallelSize: layout.tensorParallelSize, bytesPerValue: bytesPerKvValue(kvCache) };
  const span = { contextTokens, blockTokens, maxNumBatchedTokens: 1 };
  return stage.layers.reduce((sum, { attention, count }) => {
    const kind = attentionKind(attention);
    const cached = kind.kvBytesPerTokenPerLayer(attention, shape) * kind.cachedTokens(attention, span);
    return sum + count * (cached + kind.fixedBytesPerRequestPerLayer(attention, shape));
  }, 0);
};

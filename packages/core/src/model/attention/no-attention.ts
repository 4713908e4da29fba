import { bytes, flops } from "../../units/index.ts";
import type { AttentionKind } from "./attention-kind.ts";

/** A layer that holds a feed-forward block only, as every second one of Nemotron-H. */
export interface NoAttention {
  readonly kind: "none";
}

export const noAttention: AttentionKind<NoAttention> = {
  tensors: () => [],
  kvBytesPerTokenPerLayer: () => bytes(0),
  cachedTokens: () => 0,
  fixedBytesPerRequestPerLayer: () => bytes(0),
  cacheSplit: () => ({ by: "replicated" }),
  decodeBytes: () => bytes(0),
  decodeFlops: () => flops(0),
  prefillFlops: () => flops(0),
  projectedWidths: () => ({ query: 0, keyValue: 0 }),
  heads: () => 0,
};

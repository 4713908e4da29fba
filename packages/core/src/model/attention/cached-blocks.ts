import type { CachedSpan } from "./attention-kind.ts";

/** Tokens of whole blocks that hold all of a context. */
export const wholeContext = ({ contextTokens, blockTokens }: CachedSpan): number => Math.ceil(contextTokens / blockTokens) * blockTokens;

/**
 * Tokens of the blocks that vLLM gives one request of a layer with a sliding window w (vllm `v1/kv_cache_interface.py`):
 * ⌈min(w − 1 + maxNumBatchedTokens, n) / block⌉ + 1, the last because a window may begin inside a block. Never more than the context's.
 */
export const slidingContext = (span: CachedSpan, window: number): number => {
  const kept = Math.min(window - 1 + span.maxNumBatchedTokens, span.contextTokens);
  return Math.min(wholeContext(span), (Math.ceil(kept / span.blockTokens) + 1) * span.blockTokens);
};

/** The same for attention inside chunks of c tokens: ⌈min(c + maxNumBatchedTokens, n) / block⌉, where the engine frees earlier chunks. */
export const chunkedContext = (span: CachedSpan, chunk: number): number =>
  span.chunkedLayersKeep === "whole-context"
    ? wholeContext(span)
    : wholeContext({ ...span, contextTokens: Math.min(chunk + span.maxNumBatchedTokens, span.contextTokens) });

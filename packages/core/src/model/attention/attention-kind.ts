import type { Bytes, Flops } from "../../units/index.ts";
import type { WeightSplit, WeightTensor } from "../weight-tensor.ts";

export interface KvCacheShape {
  readonly tensorParallelSize: number;
  /** Of one cached value, block scales included. */
  readonly bytesPerValue: number;
}

/** One request of `contextTokens` in an engine that hands out its cache in whole blocks. */
export interface CachedSpan {
  readonly contextTokens: number;
  /** The engine writes up to this many tokens of a request before it frees what has left a window. */
  readonly maxNumBatchedTokens: number;
  readonly blockTokens: number;
  /** What the engine keeps for layers that attend inside chunks; absent: the current chunk. */
  readonly chunkedLayersKeep?: "current-chunk" | "whole-context";
}

export type DecodingShape = KvCacheShape & { readonly contextTokens: number };

/**
 * What every kind of attention (or of other token mixers) declares about itself. Nobody else asks which kind it is.
 * All bytes are those of one layer on one rank; all FLOPs those of one layer over all its heads.
 *
 * A request's memory is kvBytesPerTokenPerLayer · cachedTokens + fixedBytesPerRequestPerLayer, summed over the layers.
 */
export interface AttentionKind<A> {
  /** The weights of one layer. */
  readonly tensors: (attention: A, hiddenSize: number) => readonly WeightTensor[];
  /** Cache of one cached token; 0 where a layer keeps only a state. */
  readonly kvBytesPerTokenPerLayer: (attention: A, shape: KvCacheShape) => Bytes;
  /** For how many tokens of a request the engine keeps cache, in whole blocks. Never falls as the context grows. */
  readonly cachedTokens: (attention: A, span: CachedSpan) => number;
  /** What a request takes whatever its length: recurrent and convolution states. 0 for plain attention. */
  readonly fixedBytesPerRequestPerLayer: (attention: A, shape: KvCacheShape) => Bytes;
  /** How the ranks share the cache: by whole heads, or replicated on each, which tensor parallelism does not divide. */
  readonly cacheSplit: (attention: A) => WeightSplit;
  /** What one decode step of one request moves: the cache that it reads; states are read and written back. */
  readonly decodeBytes: (attention: A, shape: DecodingShape) => Bytes;
  /** Scores and weighted sum (or state update) of one new token against its context. Projections are weights, not counted here. */
  readonly decodeFlops: (attention: A, contextTokens: number) => Flops;
  /** The same for a whole prompt read causally, where the latent kinds expand their cache into heads first. */
  readonly prefillFlops: (attention: A, promptTokens: number) => Flops;
  /** Elements of one token's queries, and of its keys or values, as computed over all heads. */
  readonly projectedWidths: (attention: A) => { readonly query: number; readonly keyValue: number };
  /** Heads that tensor parallelism spreads; it must divide them. 0: nothing to divide. */
  readonly heads: (attention: A) => number;
}

import type { Bytes, Flops } from "../../units/index.ts";
import type { WeightTensor } from "../weight-tensor.ts";

export interface KvCacheShape {
  readonly tensorParallelSize: number;
  /** Of one cached value, block scales included. */
  readonly bytesPerValue: number;
}

/**
 * What every kind of attention declares about itself. Nobody else asks which kind it is.
 */
export interface AttentionKind<A> {
  /** The weights of one layer. */
  readonly tensors: (attention: A, hiddenSize: number) => readonly WeightTensor[];
  /** Cache of one token in one layer on one accelerator. */
  readonly kvBytesPerTokenPerLayer: (attention: A, shape: KvCacheShape) => Bytes;
  /** How many of a request's `contextTokens` the layer keeps in its cache. */
  readonly cachedTokens: (attention: A, contextTokens: number) => number;
  /** How many cached tokens one new token reads. */
  readonly attendedTokens: (attention: A, contextTokens: number) => number;
  /** Scores and weighted sum of one new token against one attended token, over all heads, while decoding. */
  readonly decodeFlopsPerAttendedToken: (attention: A) => Flops;
  /** The same while reading the prompt, where the latent kinds expand their cache into heads first. */
  readonly prefillFlopsPerAttendedToken: (attention: A) => Flops;
  /** Elements of one token's queries, and of its keys or values, as computed over all heads. */
  readonly projectedWidths: (attention: A) => { readonly query: number; readonly keyValue: number };
  /** Heads that tensor parallelism spreads. */
  readonly heads: (attention: A) => number;
}

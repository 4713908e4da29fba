import { type CountedWeights, countedWeights } from "./counted-weights.ts";
import { type DenseFeedForward, dense } from "./dense.ts";
import type { ExpertRouting, FeedForwardKind } from "./feed-forward-kind.ts";
import { type MixtureOfExperts, mixture } from "./mixture.ts";
import { type NoFeedForward, noFeedForward } from "./no-feed-forward.ts";

export type FeedForward = DenseFeedForward | MixtureOfExperts | CountedWeights | NoFeedForward;

const kinds: { readonly [K in FeedForward["kind"]]: FeedForwardKind<Extract<FeedForward, { kind: K }>> } = {
  dense,
  mixture,
  counted: countedWeights,
  none: noFeedForward,
};

/** What this block's kind declares. The cast is safe: `kinds` pairs each kind with its own shape. */
export const feedForwardKind = <F extends FeedForward>(feedForward: F): FeedForwardKind<F> =>
  kinds[feedForward.kind] as unknown as FeedForwardKind<F>;

/** Undefined where the block has no routed experts. */
export const routingOf = (feedForward: FeedForward): ExpertRouting | undefined => feedForwardKind(feedForward).routing(feedForward);

import type { FeedForwardKind } from "./feed-forward-kind.ts";

/** A layer that only mixes tokens, as Nemotron-H has them. */
export interface NoFeedForward {
  readonly kind: "none";
}

export const noFeedForward: FeedForwardKind<NoFeedForward> = {
  tensors: () => [],
  routing: () => undefined,
  widestActivation: () => 0,
  intermediateWidth: () => 0,
};

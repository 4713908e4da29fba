import { matrix, vector, type WeightTensor } from "../weight-tensor.ts";
import type { FeedForwardKind } from "./feed-forward-kind.ts";

/** `gated`: gate, up and down (SwiGLU, GeGLU); `plain`: up and down. */
export type FeedForwardShape = "gated" | "plain";

export interface DenseFeedForward {
  readonly kind: "dense";
  readonly shape: FeedForwardShape;
  readonly intermediateSize: number;
  readonly bias: boolean;
}

export const inwardMatrices = (shape: FeedForwardShape): number => (shape === "gated" ? 2 : 1);

const tensors = ({ shape, intermediateSize, bias }: DenseFeedForward, hiddenSize: number): WeightTensor[] => [
  matrix("dense", intermediateSize, hiddenSize, { copies: inwardMatrices(shape) }),
  matrix("dense", hiddenSize, intermediateSize),
  ...(bias
    ? [vector("dense", intermediateSize, { copies: inwardMatrices(shape), split: { by: "tensor" } }), vector("dense", hiddenSize)]
    : []),
];

/** The product goes with the inward results. */
const intermediateWidth = ({ shape, intermediateSize }: DenseFeedForward): number => (inwardMatrices(shape) + 1) * intermediateSize;

export const dense: FeedForwardKind<DenseFeedForward> = {
  tensors,
  routing: () => undefined,
  widestActivation: (feedForward, { tensorParallelSize }) => intermediateWidth(feedForward) / tensorParallelSize,
  intermediateWidth,
};

import { matrix, vector, type WeightTensor } from "../weight-tensor.ts";
import { type FeedForwardShape, inwardMatrices } from "./dense.ts";
import type { FeedForwardKind } from "./feed-forward-kind.ts";

export interface MixtureOfExperts {
  readonly kind: "mixture";
  readonly shape: FeedForwardShape;
  readonly numExperts: number;
  readonly numExpertsPerToken: number;
  readonly expertIntermediateSize: number;
  /** Width of all shared experts together; 0 where there are none. */
  readonly sharedIntermediateSize: number;
  /** A one-row gate on the shared expert, as in Qwen2-MoE and Qwen3-Next. */
  readonly sharedExpertGate: boolean;
  readonly expertBias: boolean;
  /** DeepSeek keeps a learned routing correction in F32. */
  readonly routerBias: "none" | "wide" | "fp32";
  /** Experts work on this width, between one projection down and one up; absent: on the hidden size. */
  readonly latentSize?: number;
  /** Kimi-K3 norms the routed sum before it leaves the latent. */
  readonly latentNorm?: "none" | "one";
  /** Gemma 4 scales the router's input by channel and its output by expert. */
  readonly routerScales?: "none" | "hidden-and-experts";
}

/** The correction is added to the scores, not multiplied with, so published active counts leave it out. */
const routerBias = (mixture: MixtureOfExperts): WeightTensor =>
  vector("router", mixture.numExperts, mixture.routerBias === "fp32" ? { alwaysFp32: true, activeShare: 0 } : {});

const replicated = { split: { by: "replicated" }, quantized: false } as const;

const tensors = (mixture: MixtureOfExperts, hiddenSize: number): readonly WeightTensor[] => [
  ...routedTensors(mixture, hiddenSize),
  ...sharedTensors(mixture, hiddenSize),
  matrix("router", mixture.numExperts, hiddenSize, replicated),
  ...(mixture.routerBias === "none" ? [] : [routerBias(mixture)]),
  ...(mixture.routerScales === "hidden-and-experts" ? [vector("router", hiddenSize), vector("router", mixture.numExperts)] : []),
];

const routedTensors = (mixture: MixtureOfExperts, hiddenSize: number): WeightTensor[] => {
  const { numExperts, expertIntermediateSize, latentSize, expertBias } = mixture;
  const inward = inwardMatrices(mixture.shape);
  const outside = latentSize ?? hiddenSize;
  const routed = { split: { by: "experts", experts: numExperts }, activeShare: mixture.numExpertsPerToken / numExperts } as const;
  const latent = { split: { by: "replicated" } } as const;
  return [
    matrix("routedExperts", expertIntermediateSize, outside, { ...routed, copies: inward * numExperts }),
    matrix("routedExperts", outside, expertIntermediateSize, { ...routed, copies: numExperts }),
    ...(expertBias
      ? [
          vector("routedExperts", expertIntermediateSize, { ...routed, copies: inward * numExperts }),
          vector("routedExperts", outside, { ...routed, copies: numExperts }),
        ]
      : []),
    ...(latentSize === undefined
      ? []
      : [matrix("sharedExperts", latentSize, hiddenSize, latent), matrix("sharedExperts", hiddenSize, latentSize, latent)]),
    ...(latentSize !== undefined && mixture.latentNorm === "one" ? [vector("norms", latentSize)] : []),
  ];
};

const sharedTensors = ({ shape, sharedIntermediateSize, sharedExpertGate }: MixtureOfExperts, hiddenSize: number): WeightTensor[] => [
  ...(sharedIntermediateSize > 0
    ? [
        matrix("sharedExperts", sharedIntermediateSize, hiddenSize, { copies: inwardMatrices(shape) }),
        matrix("sharedExperts", hiddenSize, sharedIntermediateSize),
      ]
    : []),
  ...(sharedExpertGate ? [matrix("sharedExperts", 1, hiddenSize, replicated)] : []),
];

export const mixture: FeedForwardKind<MixtureOfExperts> = {
  tensors,
  routing: ({ numExperts, numExpertsPerToken }) => ({ numExperts, numExpertsPerToken }),
  widestActivation: (feedForward, { hiddenSize, tensorParallelSize }) =>
    feedForward.numExpertsPerToken * (hiddenSize + (3 * feedForward.expertIntermediateSize) / tensorParallelSize),
  intermediateWidth: ({ shape, numExpertsPerToken, expertIntermediateSize, sharedIntermediateSize }) =>
    (inwardMatrices(shape) + 1) * (numExpertsPerToken * expertIntermediateSize + sharedIntermediateSize),
};

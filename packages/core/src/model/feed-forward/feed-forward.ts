import { matrix, vector, type WeightTensor } from "../weight-tensor.ts";

/** `gated`: gate, up and down (SwiGLU, GeGLU); `plain`: up and down. */
export type FeedForwardShape = "gated" | "plain";

export interface DenseFeedForward {
  readonly kind: "dense";
  readonly shape: FeedForwardShape;
  readonly intermediateSize: number;
  readonly bias: boolean;
}

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
}

export type FeedForward = DenseFeedForward | MixtureOfExperts;

/** The weights of one layer's feed-forward block. */
export const feedForwardTensors = (feedForward: FeedForward, hiddenSize: number): readonly WeightTensor[] => {
  switch (feedForward.kind) {
    case "dense":
      return denseTensors(feedForward, hiddenSize);
    case "mixture":
      return mixtureTensors(feedForward, hiddenSize);
  }
};

const inwardMatrices = (shape: FeedForwardShape): number => (shape === "gated" ? 2 : 1);

const denseTensors = ({ shape, intermediateSize, bias }: DenseFeedForward, hiddenSize: number): WeightTensor[] => [
  matrix("dense", intermediateSize, hiddenSize, { copies: inwardMatrices(shape) }),
  matrix("dense", hiddenSize, intermediateSize),
  ...(bias
    ? [vector("dense", intermediateSize, { copies: inwardMatrices(shape), split: { by: "tensor" } }), vector("dense", hiddenSize)]
    : []),
];

/** The correction is added to the scores, not multiplied with, so published active counts leave it out. */
const routerBias = (mixture: MixtureOfExperts): WeightTensor =>
  vector("router", mixture.numExperts, mixture.routerBias === "fp32" ? { alwaysFp32: true, activeShare: 0 } : {});

const mixtureTensors = (mixture: MixtureOfExperts, hiddenSize: number): WeightTensor[] => {
  const { shape, numExperts, expertIntermediateSize, sharedIntermediateSize } = mixture;
  const inward = inwardMatrices(shape);
  const routed = { split: { by: "experts", experts: numExperts }, activeShare: mixture.numExpertsPerToken / numExperts } as const;
  const replicated = { split: { by: "replicated" }, quantized: false } as const;
  return [
    matrix("routedExperts", expertIntermediateSize, hiddenSize, { ...routed, copies: inward * numExperts }),
    matrix("routedExperts", hiddenSize, expertIntermediateSize, { ...routed, copies: numExperts }),
    ...(mixture.expertBias
      ? [
          vector("routedExperts", expertIntermediateSize, { ...routed, copies: inward * numExperts }),
          vector("routedExperts", hiddenSize, { ...routed, copies: numExperts }),
        ]
      : []),
    ...(sharedIntermediateSize > 0
      ? [
          matrix("sharedExperts", sharedIntermediateSize, hiddenSize, { copies: inward }),
          matrix("sharedExperts", hiddenSize, sharedIntermediateSize),
        ]
      : []),
    ...(mixture.sharedExpertGate ? [matrix("sharedExperts", 1, hiddenSize, replicated)] : []),
    matrix("router", numExperts, hiddenSize, replicated),
    ...(mixture.routerBias === "none" ? [] : [routerBias(mixture)]),
  ];
};

/** Elements of the widest intermediate result of one token on one tensor-parallel rank, beside its hidden states. */
export const widestActivation = (feedForward: FeedForward, hiddenSize: number, tensorParallelSize: number): number => {
  switch (feedForward.kind) {
    case "dense":
      return (3 * feedForward.intermediateSize) / tensorParallelSize;
    case "mixture":
      return feedForward.numExpertsPerToken * (hiddenSize + (3 * feedForward.expertIntermediateSize) / tensorParallelSize);
  }
};

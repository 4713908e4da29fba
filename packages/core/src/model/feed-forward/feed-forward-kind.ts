import type { WeightTensor } from "../weight-tensor.ts";

/** What a mixture of experts routes over. */
export interface ExpertRouting {
  readonly numExperts: number;
  readonly numExpertsPerToken: number;
}

/** What every kind of feed-forward block declares about itself. Nobody else asks which kind it is. */
export interface FeedForwardKind<F> {
  /** The weights of one layer. */
  readonly tensors: (feedForward: F, hiddenSize: number) => readonly WeightTensor[];
  /** Undefined where there are no routed experts. */
  readonly routing: (feedForward: F) => ExpertRouting | undefined;
  /** Elements of the widest intermediate result of one token on one tensor-parallel rank, beside its hidden states. */
  readonly widestActivation: (feedForward: F, shape: { readonly hiddenSize: number; readonly tensorParallelSize: number }) => number;
  /** Elements of one token's intermediate results over all the experts it uses, before they are added up: gate, up and product. */
  readonly intermediateWidth: (feedForward: F) => number;
}

import { matrix } from "../weight-tensor.ts";
import type { ExpertRouting, FeedForwardKind } from "./feed-forward-kind.ts";

/** All weights of one layer of a model known by counts alone. */
export interface CountedWeights {
  readonly kind: "counted";
  /** What every token uses: attention, norms and its share of the embedding and the head too. */
  readonly denseParameters: number;
  readonly routerParameters: number;
  readonly parametersPerExpert: number;
  readonly routing?: ExpertRouting;
  /** Width of the feed-forward block, for activations. */
  readonly intermediateSize: number;
}

export const countedWeights: FeedForwardKind<CountedWeights> = {
  tensors: ({ denseParameters, routerParameters, parametersPerExpert, routing }) => [
    matrix("dense", 1, denseParameters),
    ...(routerParameters > 0 ? [matrix("router", 1, routerParameters, { split: { by: "replicated" }, quantized: false })] : []),
    ...(routing
      ? [
          matrix("routedExperts", 1, parametersPerExpert, {
            copies: routing.numExperts,
            split: { by: "experts", experts: routing.numExperts },
            activeShare: routing.numExpertsPerToken / routing.numExperts,
          }),
        ]
      : []),
  ],
  routing: ({ routing }) => routing,
  widestActivation: ({ intermediateSize }, { tensorParallelSize }) => (3 * intermediateSize) / tensorParallelSize,
  intermediateWidth: ({ intermediateSize }) => 3 * intermediateSize,
};

import { feedForwardKind } from "../../model/index.ts";
import type { PipelineStage } from "../pipeline-stages.ts";
import type { RankInEngine } from "./engine-memory.ts";

/** What the activation peak of one rank is made of, as counts of elements. */
export interface ActivationTerms {
  /** Alive in the widest layer of a forward pass: hidden states and the block's own intermediates. */
  readonly forwardElements: number;
  /** The last hidden states, which stay while the sampler runs. */
  readonly keptElements: number;
  /** Logits of every sequence over the whole vocabulary, on every rank of the last stage: tensor parallelism gathers them. */
  readonly samplerElements: number;
}

/**
 * Terms of the profiling run with which engines find their peak.
 *
 *   forward = tokens · (3 · hidden + widest)     widest = 3 · intermediate / tp of a dense layer,
 *                                                k · (hidden + 3 · width / tp) of a mixture
 *   kept    = tokens · hidden
 *   sampler = min(sequences, tokens) · vocabulary
 */
export const activationTerms = ({
  model,
  stage,
  layout,
  engine,
}: Pick<RankInEngine, "model" | "stage" | "layout" | "engine">): ActivationTerms => {
  const tokens = engine.maxNumBatchedTokens;
  return {
    forwardElements: tokens * (3 * model.hiddenSize + widestOf(model.hiddenSize, stage, layout.tensorParallelSize)),
    keptElements: tokens * model.hiddenSize,
    samplerElements: stage.isLast ? Math.min(engine.maxNumSeqs, tokens) * model.vocabSize : 0,
  };
};

const widestOf = (hiddenSize: number, { layers }: PipelineStage, tensorParallelSize: number): number =>
  layers.reduce(
    (most, { feedForward }) =>
      Math.max(most, feedForwardKind(feedForward).widestActivation(feedForward, { hiddenSize, tensorParallelSize })),
    0,
  );

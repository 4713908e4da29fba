import { type PipelineStage, pipelineStages } from "../memory/index.ts";
import { elementsOf, embeddingTensors, headTensors, layerTensors, type ModelArchitecture, type WeightTensor } from "../model/index.ts";
import type { TrainingLayout } from "./resolve-training-layout.ts";

/** A tensor as it lies on one rank of a stage. */
export interface RankTensor {
  readonly tensor: WeightTensor;
  /** Elements of all its copies on this rank. */
  readonly elements: number;
  /** Ranks that hold the same elements, among which sharding spreads states. */
  readonly replicas: number;
}

/** Engines and frameworks pad the vocabulary before they split it. */
const vocabularyPadding = 128;

/** All tensors of one pipeline stage on one of its ranks. */
export const rankTensors = (model: ModelArchitecture, stage: PipelineStage, layout: TrainingLayout): RankTensor[] => [
  ...stage.layers.flatMap((group) =>
    layerTensors(group, model.hiddenSize).map((tensor) => onRank({ ...tensor, copies: tensor.copies * group.count }, layout)),
  ),
  ...endTensors(model, stage).map((tensor) => onRank(tensor, layout)),
];

/** The vocabulary at either end; a tied head on a stage of its own stores the embedding again. */
export const endTensors = (model: ModelArchitecture, { isFirst, isLast }: PipelineStage): readonly WeightTensor[] => [
  ...(isFirst || (isLast && model.tieWordEmbeddings) ? embeddingTensors(model) : []),
  ...(isLast ? headTensors(model) : []),
];

/** The two stages where memory can peak: the first holds most activations, the last the logits. */
export const outerStages = (model: ModelArchitecture, { pipelineParallelSize }: TrainingLayout): readonly PipelineStage[] => {
  const stages = pipelineStages(model, pipelineParallelSize);
  return stages.filter(({ isFirst, isLast }) => isFirst || isLast);
};

/**
 * Experts lie whole on expert-parallel ranks; without expert parallelism tensor parallelism cuts each of them.
 *
 *   replicas of an expert    tp · cp · dp / ep      (ep > 1: one tensor rank for an expert)
 *   replicas of the rest     cp · dp
 */
export const onRank = (tensor: WeightTensor, layout: TrainingLayout): RankTensor => {
  const { tensorParallelSize, contextParallelSize, dataParallelSize, expertParallelSize } = layout;
  const replicas = contextParallelSize * dataParallelSize;
  const spread = tensor.split.by === "experts" && expertParallelSize > 1;
  return {
    tensor,
    elements: elementsOf(tensor) * shareOnTrainingRank(tensor, layout),
    replicas: spread ? (tensorParallelSize * replicas) / expertParallelSize : replicas,
  };
};

/** Share of a tensor that one rank holds. */
const shareOnTrainingRank = ({ split, rows }: WeightTensor, layout: TrainingLayout): number => {
  const { tensorParallelSize, expertParallelSize } = layout;
  switch (split.by) {
    case "replicated":
      return 1;
    case "tensor":
      return 1 / tensorParallelSize;
    case "kv-heads":
      return Math.ceil(split.heads / tensorParallelSize) / split.heads;
    case "vocabulary":
      return tensorParallelSize === 1 ? 1 : Math.ceil(rows / (vocabularyPadding * tensorParallelSize)) * (vocabularyPadding / rows);
    case "experts":
      return expertParallelSize > 1 ? Math.ceil(split.experts / expertParallelSize) / split.experts : 1 / tensorParallelSize;
  }
};

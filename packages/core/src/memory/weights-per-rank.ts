import {
  embeddingTensor,
  embeddingTensors,
  headTensors,
  layerTensors,
  type ModelArchitecture,
  type StoredFormats,
  storedBytes,
  type WeightTensor,
} from "../model/index.ts";
import { type Bytes, bytes } from "../units/index.ts";
import type { PipelineStage } from "./pipeline-stages.ts";
import { expertParallelSizeOf, type ParallelLayout } from "./resolve-layout.ts";

/** Engines pad the vocabulary to a multiple of this before they split it. */
const vocabularyPadding = 64;

/**
 * Share of a tensor that one rank holds.
 *
 *   replicated  1
 *   tensor      1 / tp
 *   kv-heads    ⌈heads / tp⌉ / heads              (whole heads, replicated beyond)
 *   vocabulary  ⌈paddedRows / tp⌉ / rows
 *   experts     ⌈experts / ep⌉ / experts with expert parallelism, else 1 / tp
 */
export const shareOnRank = (tensor: WeightTensor, layout: ParallelLayout): number => {
  const { tensorParallelSize } = layout;
  switch (tensor.split.by) {
    case "replicated":
      return 1;
    case "tensor":
      return 1 / tensorParallelSize;
    case "kv-heads":
      return Math.ceil(tensor.split.heads / tensorParallelSize) / tensor.split.heads;
    case "vocabulary":
      return Math.ceil((Math.ceil(tensor.rows / vocabularyPadding) * vocabularyPadding) / tensorParallelSize) / tensor.rows;
    case "experts":
      return layout.expertParallel
        ? Math.ceil(tensor.split.experts / expertParallelSizeOf(layout)) / tensor.split.experts
        : 1 / tensorParallelSize;
  }
};

/** Weight bytes on one rank of a stage. */
export const stageWeightBytes = (input: {
  readonly model: ModelArchitecture;
  readonly stage: PipelineStage;
  readonly layout: ParallelLayout;
  readonly formats: StoredFormats;
}): Bytes => {
  const { model, stage, layout, formats } = input;
  let total = 0;
  const add = (tensor: WeightTensor, times: number) => {
    total += storedBytes(tensor, formats) * shareOnRank(tensor, layout) * times;
  };
  for (const group of stage.layers) for (const tensor of layerTensors(group, model.hiddenSize)) add(tensor, group.count);
  if (stage.isFirst) for (const tensor of embeddingTensors(model)) add(tensor, 1);
  if (stage.isLast) for (const tensor of headTensors(model)) add(tensor, 1);
  if (stage.isLast && !stage.isFirst && model.tieWordEmbeddings) add(embeddingTensor(model), 1);
  return bytes(total);
};

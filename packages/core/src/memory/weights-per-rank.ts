import type { AcceleratorFamily } from "../hardware/index.ts";
import {
  embeddingTensor,
  embeddingTensors,
  headTensors,
  type LayerGroup,
  layerTensors,
  type ModelArchitecture,
  type StoredFormats,
  storedBytes,
  type WeightTensor,
} from "../model/index.ts";
import { type Bytes, bytes, oncePer } from "../units/index.ts";
import { expertPadding } from "./expert-padding.ts";
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

interface StageWeights {
  readonly model: ModelArchitecture;
  readonly stage: PipelineStage;
  readonly layout: ParallelLayout;
  readonly formats: StoredFormats;
}

/** Where the weights of one rank lie. */
export interface PlacedWeights {
  readonly deviceBytes: Bytes;
  readonly hostBytes: Bytes;
}

/** Weight bytes on one rank of a stage, as stored. */
export const stageWeightBytes = (input: StageWeights): Bytes => {
  let total = 0;
  eachTensor(input, (tensor, times) => {
    total += storedBytes(tensor, input.formats) * shareOnRank(tensor, input.layout) * times;
  });
  return bytes(total);
};

/** The same as an engine holds them: experts padded to its kernels' tiles, and a share of them in host memory. */
export const placedWeightBytes = (
  input: StageWeights & { readonly family: AcceleratorFamily; readonly expertsOnHost: number },
): PlacedWeights => {
  const { model, layout, formats, family, expertsOnHost } = input;
  const cuts = layout.expertParallel ? 1 : layout.tensorParallelSize;
  const padded = { hiddenSize: model.hiddenSize, formats, family, cuts };
  let device = 0;
  let host = 0;
  eachTensor(input, (tensor, times) => {
    const onRank = storedBytes(tensor, formats) * shareOnRank(tensor, layout) * times * expertPadding(tensor, padded);
    const moved = tensor.role === "routedExperts" ? expertsOnHost : 0;
    device += onRank * (1 - moved);
    host += onRank * moved;
  });
  return { deviceBytes: bytes(device), hostBytes: bytes(host) };
};

const tensorsOf = oncePer((_: LayerGroup) => new Map<number, readonly WeightTensor[]>());

const groupTensors = (group: LayerGroup, hiddenSize: number): readonly WeightTensor[] => {
  const known = tensorsOf(group);
  const tensors = known.get(hiddenSize) ?? layerTensors(group, hiddenSize);
  known.set(hiddenSize, tensors);
  return tensors;
};

const eachTensor = ({ model, stage }: StageWeights, visit: (tensor: WeightTensor, times: number) => void): void => {
  for (const group of stage.layers) for (const tensor of groupTensors(group, model.hiddenSize)) visit(tensor, group.count);
  if (stage.isFirst) for (const tensor of embeddingTensors(model)) visit(tensor, 1);
  if (stage.isLast) for (const tensor of headTensors(model)) visit(tensor, 1);
  if (stage.isLast && !stage.isFirst && model.tieWordEmbeddings) visit(embeddingTensor(model), 1);
};

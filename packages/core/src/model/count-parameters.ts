import type { ModelArchitecture } from "./model-architecture.ts";
import { formatOf, scaleElements } from "./scale-elements.ts";
import { draftTensors, embeddingTensors, headTensors, layerTensors } from "./tensors-of.ts";
import { elementsOf, type ModelPart, type WeightTensor } from "./weight-tensor.ts";

export interface ParameterCount {
  /** Everything loaded to serve: all experts, without the draft layers. */
  readonly total: number;
  /** What one token multiplies with: its experts, the embedding and the head counted whole. */
  readonly active: number;
  /** Every element stored: draft layers with their second vocabulary and the scales too. */
  readonly checkpointTotal: number;
  readonly byPart: Readonly<Record<ModelPart | "scales", number>>;
}

const noParts = {
  embeddings: 0,
  attention: 0,
  dense: 0,
  sharedExperts: 0,
  routedExperts: 0,
  router: 0,
  norms: 0,
  head: 0,
  multiTokenPrediction: 0,
  scales: 0,
};

/** Counts a model's parameters from its shape alone, to the last one. */
export const countParameters = (model: ModelArchitecture): ParameterCount => {
  const byPart: Record<ModelPart | "scales", number> = { ...noParts };
  let active = 0;
  for (const tensor of servedTensors(model)) {
    byPart[tensor.role] += elementsOf(tensor);
    active += elementsOf(tensor) * tensor.activeShare;
  }
  const total = Object.values(byPart).reduce((sum, part) => sum + part, 0);
  const drafts = draftTensors(model);
  byPart.multiTokenPrediction = drafts.reduce((sum, tensor) => sum + elementsOf(tensor), 0);
  byPart.scales = scalesOf(model, drafts);
  return { total, active, checkpointTotal: total + byPart.multiTokenPrediction + byPart.scales, byPart };
};

/** All weights an engine loads, each layer group's tensors multiplied by its layers. */
export const servedTensors = (model: ModelArchitecture): readonly WeightTensor[] => [
  ...embeddingTensors(model),
  ...model.layers.flatMap((group) =>
    layerTensors(group, model.hiddenSize).map((tensor) => ({ ...tensor, copies: tensor.copies * group.count })),
  ),
  ...headTensors(model),
];

const scalesOf = (model: ModelArchitecture, drafts: readonly WeightTensor[]): number =>
  [...servedTensors(model), ...drafts].reduce((sum, tensor) => sum + scaleElements(tensor, formatOf(tensor, model.storedFormats)), 0);

import { attentionKind } from "./attention/attention.ts";
import { feedForwardKind } from "./feed-forward/feed-forward.ts";
import type { LayerGroup, ModelArchitecture } from "./model-architecture.ts";
import { matrix, vector, type WeightTensor } from "./weight-tensor.ts";

/** The weights of one layer of the group. */
export const layerTensors = (group: LayerGroup, hiddenSize: number): readonly WeightTensor[] => [
  ...attentionKind(group.attention).tensors(group.attention, hiddenSize),
  ...feedForwardKind(group.feedForward).tensors(group.feedForward, hiddenSize),
  vector("norms", hiddenSize, { copies: group.hiddenNorms }),
  ...(group.otherTensors ?? []),
];

const vocabulary = { split: { by: "vocabulary" }, quantized: false } as const;

export const embeddingTensor = ({ vocabSize, hiddenSize }: ModelArchitecture): WeightTensor =>
  matrix("embeddings", vocabSize, hiddenSize, vocabulary);

/** What precedes the first layer. */
export const embeddingTensors = (model: ModelArchitecture): readonly WeightTensor[] => [
  ...(model.vocabularyWeights === "counted-in-layers" ? [] : [embeddingTensor(model)]),
  ...(model.embeddingExtras ?? []),
];

/** What follows the last layer. A tied head has no weights of its own. */
export const headTensors = ({ vocabSize, hiddenSize, ...model }: ModelArchitecture): readonly WeightTensor[] => [
  vector("norms", hiddenSize, { copies: model.finalNorms ?? 1 }),
  ...(model.tieWordEmbeddings || model.vocabularyWeights === "counted-in-layers"
    ? []
    : [matrix("head", vocabSize, hiddenSize, vocabulary)]),
  ...(model.headExtras ?? []),
];

/** All multi-token-prediction modules: what surrounds a layer, the layer, and where it is stored again, the vocabulary. */
export const draftTensors = (model: ModelArchitecture): readonly WeightTensor[] => {
  const { draftLayers, hiddenSize, vocabSize } = model;
  if (!draftLayers) return [];
  const vocabularyAgain = [matrix("embeddings", vocabSize, hiddenSize, vocabulary), matrix("head", vocabSize, hiddenSize, vocabulary)];
  const one = [
    ...(draftLayers.otherTensors ?? draftProjection(hiddenSize)),
    ...layerTensors(draftLayers.layer, hiddenSize),
    ...(draftLayers.ownVocabulary ? vocabularyAgain : []),
  ];
  return one.map((tensor) => ({ ...tensor, copies: tensor.copies * draftLayers.layer.count }));
};

/** DeepSeek-V3: two input norms, a 2·hidden → hidden projection, and a final norm. */
const draftProjection = (hiddenSize: number): WeightTensor[] => [
  vector("norms", hiddenSize, { copies: 3 }),
  matrix("dense", hiddenSize, 2 * hiddenSize, { quantized: false, split: { by: "replicated" } }),
];

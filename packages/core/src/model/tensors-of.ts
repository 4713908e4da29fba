import { attentionKind } from "./attention/attention.ts";
import { feedForwardTensors } from "./feed-forward/feed-forward.ts";
import type { LayerGroup, ModelArchitecture } from "./model-architecture.ts";
import { matrix, vector, type WeightTensor } from "./weight-tensor.ts";

/** The weights of one layer of the group. */
export const layerTensors = (group: LayerGroup, hiddenSize: number): readonly WeightTensor[] => [
  ...attentionKind(group.attention).tensors(group.attention, hiddenSize),
  ...feedForwardTensors(group.feedForward, hiddenSize),
  vector("norms", hiddenSize, { copies: group.hiddenNorms }),
];

const vocabulary = { split: { by: "vocabulary" }, quantized: false } as const;

export const embeddingTensor = ({ vocabSize, hiddenSize }: ModelArchitecture): WeightTensor =>
  matrix("embeddings", vocabSize, hiddenSize, vocabulary);

/** What follows the last layer. A tied head has no weights of its own. */
export const headTensors = ({ vocabSize, hiddenSize, tieWordEmbeddings }: ModelArchitecture): readonly WeightTensor[] => [
  vector("norms", hiddenSize),
  ...(tieWordEmbeddings ? [] : [matrix("head", vocabSize, hiddenSize, vocabulary)]),
];

/**
 * One multi-token-prediction module as DeepSeek-V3 stores it: two input norms, a 2·hidden → hidden projection,
 * a whole layer, a final norm, and its own embedding and head.
 */
export const draftTensors = (model: ModelArchitecture): readonly WeightTensor[] => {
  const { draftLayers, hiddenSize, vocabSize } = model;
  if (!draftLayers) return [];
  const vocabularyAgain = [matrix("embeddings", vocabSize, hiddenSize, vocabulary), matrix("head", vocabSize, hiddenSize, vocabulary)];
  const one = [
    vector("norms", hiddenSize, { copies: 3 }),
    matrix("dense", hiddenSize, 2 * hiddenSize, { quantized: false, split: { by: "replicated" } }),
    ...layerTensors(draftLayers.layer, hiddenSize),
    ...(draftLayers.ownVocabulary ? vocabularyAgain : []),
  ];
  return one.map((tensor) => ({ ...tensor, copies: tensor.copies * draftLayers.layer.count }));
};

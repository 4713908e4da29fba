import { vector } from "../weight-tensor.ts";
import { flag, size, withDefault } from "./config-fields.ts";
import { type ModelFamily, modelFamily } from "./model-family.ts";
import { allBiases, noBiases, plainFields, plainStack, positions, withAliases } from "./plain-stack.ts";

const gpt2Names = {
  n_embd: "hidden_size",
  n_layer: "num_hidden_layers",
  n_head: "num_attention_heads",
  n_positions: "max_position_embeddings",
  n_inner: "intermediate_size",
};

export const gpt2: ModelFamily = withAliases(
  gpt2Names,
  modelFamily({
    modelTypes: ["gpt2"],
    fields: plainFields({
      vocabSize: 50_257,
      hiddenSize: 768,
      numHiddenLayers: 12,
      numAttentionHeads: 12,
      maxPositionEmbeddings: 1024,
      tieWordEmbeddings: true,
    }),
    stack: (config) => ({
      ...plainStack({
        ...config,
        intermediateSize: config.intermediate_size ?? 4 * config.hidden_size,
        attentionBiases: allBiases,
        mlpBias: true,
        norms: 2,
      }),
      embeddingExtras: positions(config.max_position_embeddings, config.hidden_size),
    }),
  }),
);

/** StarCoder: GPT-2 with one key-value head. */
export const gptBigCode: ModelFamily = withAliases(
  gpt2Names,
  modelFamily({
    modelTypes: ["gpt_bigcode"],
    fields: {
      ...plainFields({
        vocabSize: 50_257,
        hiddenSize: 768,
        numHiddenLayers: 12,
        numAttentionHeads: 12,
        maxPositionEmbeddings: 1024,
        tieWordEmbeddings: true,
      }),
      multi_query: flag(true),
    },
    stack: (config) => ({
      ...plainStack({
        ...config,
        ...(config.multi_query ? { kvHeads: 1 } : {}),
        intermediateSize: config.intermediate_size ?? 4 * config.hidden_size,
        attentionBiases: allBiases,
        mlpBias: true,
        norms: 2,
      }),
      embeddingExtras: positions(config.max_position_embeddings, config.hidden_size),
    }),
  }),
);

export const gptNeoX: ModelFamily = modelFamily({
  modelTypes: ["gpt_neox"],
  fields: {
    ...plainFields({
      vocabSize: 50_432,
      hiddenSize: 6144,
      numHiddenLayers: 44,
      numAttentionHeads: 64,
      maxPositionEmbeddings: 2048,
      tieWordEmbeddings: false,
    }),
    intermediate_size: withDefault(size(), 24_576),
    attention_bias: flag(true),
  },
  stack: (config) =>
    plainStack({
      ...config,
      intermediateSize: config.intermediate_size,
      attentionBiases: config.attention_bias ? allBiases : noBiases,
      mlpBias: true,
      norms: 2,
    }),
});

/** One norm before both blocks, biases in the MLP and on the output head only. */
export const gptJ: ModelFamily = withAliases(
  gpt2Names,
  modelFamily({
    modelTypes: ["gptj"],
    fields: plainFields({
      vocabSize: 50_400,
      hiddenSize: 4096,
      numHiddenLayers: 28,
      numAttentionHeads: 16,
      maxPositionEmbeddings: 2048,
      tieWordEmbeddings: false,
    }),
    stack: (config) => ({
      ...plainStack({
        ...config,
        intermediateSize: config.intermediate_size ?? 4 * config.hidden_size,
        attentionBiases: noBiases,
        mlpBias: true,
        norms: 1,
      }),
      headExtras: [vector("head", config.vocab_size)],
    }),
  }),
);

/** Positions are biases of the scores, so there are none to store; the embedding has a norm. */
export const bloom: ModelFamily = withAliases(
  { n_embed: "hidden_size", n_layer: "num_hidden_layers", n_head: "num_attention_heads", seq_length: "max_position_embeddings" },
  modelFamily({
    modelTypes: ["bloom"],
    fields: plainFields({
      vocabSize: 250_880,
      hiddenSize: 64,
      numHiddenLayers: 2,
      numAttentionHeads: 8,
      maxPositionEmbeddings: 2048,
      tieWordEmbeddings: true,
    }),
    stack: (config) => ({
      ...plainStack({ ...config, intermediateSize: 4 * config.hidden_size, attentionBiases: allBiases, mlpBias: true, norms: 2 }),
      embeddingExtras: [vector("norms", config.hidden_size, { copies: 2 })],
    }),
  }),
);

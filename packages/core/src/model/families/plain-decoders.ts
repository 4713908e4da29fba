import { z } from "zod";
import { vector } from "../weight-tensor.ts";
import { flag, orAbsent, size, withDefault } from "./config-fields.ts";
import { type ModelFamily, modelFamily } from "./model-family.ts";
import { allBiases, noBiases, plainFields, plainStack, positions, withAliases } from "./plain-stack.ts";

const mptAttention = z.object({ kv_n_heads: orAbsent(size(100_000)), attn_type: orAbsent(z.string().max(100)), alibi: flag(true) });

/** No biases anywhere unless `no_bias` is false; the head is the embedding. */
export const mpt: ModelFamily = withAliases(
  { d_model: "hidden_size", n_layers: "num_hidden_layers", n_heads: "num_attention_heads", max_seq_len: "max_position_embeddings" },
  modelFamily({
    modelTypes: ["mpt"],
    fields: {
      ...plainFields({
        vocabSize: 50_368,
        hiddenSize: 2048,
        numHiddenLayers: 24,
        numAttentionHeads: 16,
        maxPositionEmbeddings: 2048,
        tieWordEmbeddings: true,
      }),
      expansion_ratio: withDefault(size(1000), 4),
      no_bias: flag(true),
      attn_config: orAbsent(mptAttention),
    },
    stack: (config) => {
      const kvHeads = config.attn_config?.attn_type === "multiquery_attention" ? 1 : config.attn_config?.kv_n_heads;
      return {
        ...plainStack({
          ...config,
          ...(kvHeads === undefined ? {} : { kvHeads }),
          intermediateSize: config.expansion_ratio * config.hidden_size,
          attentionBiases: config.no_bias ? noBiases : allBiases,
          mlpBias: !config.no_bias,
          norms: 2,
          normVectors: config.no_bias ? 1 : 2,
        }),
        embeddingExtras: config.attn_config?.alibi === false ? positions(config.max_position_embeddings, config.hidden_size) : [],
      };
    },
  }),
);

/** 7B: one norm and one key-value head; 40B and 180B ("new decoder architecture"): two norms and grouped heads. */
export const falcon: ModelFamily = withAliases(
  { n_layer: "num_hidden_layers", n_head: "num_attention_heads", n_head_kv: "num_kv_heads", ffn_hidden_size: "intermediate_size" },
  modelFamily({
    modelTypes: ["falcon", "RefinedWebModel", "RefinedWeb"],
    fields: {
      ...plainFields({
        vocabSize: 65_024,
        hiddenSize: 4544,
        numHiddenLayers: 32,
        numAttentionHeads: 71,
        maxPositionEmbeddings: 2048,
        tieWordEmbeddings: true,
      }),
      num_kv_heads: orAbsent(size(100_000)),
      num_ln_in_parallel_attn: orAbsent(size(2)),
      multi_query: flag(true),
      new_decoder_architecture: flag(false),
      parallel_attn: flag(true),
      bias: flag(false),
    },
    stack: (config) => {
      const { new_decoder_architecture: isNew } = config;
      const oneHead = !isNew && config.multi_query;
      const norms = isNew ? (config.num_ln_in_parallel_attn ?? 2) : config.parallel_attn ? 1 : 2;
      return plainStack({
        ...config,
        kvHeads: oneHead ? 1 : isNew ? (config.num_kv_heads ?? config.num_attention_heads) : config.num_attention_heads,
        intermediateSize: config.intermediate_size ?? 4 * config.hidden_size,
        attentionBiases: config.bias ? allBiases : noBiases,
        mlpBias: config.bias,
        norms,
      });
    },
  }),
);

/** Two more positions than tokens. */
export const opt: ModelFamily = withAliases(
  { ffn_dim: "intermediate_size" },
  modelFamily({
    modelTypes: ["opt"],
    fields: {
      ...plainFields({
        vocabSize: 50_272,
        hiddenSize: 768,
        numHiddenLayers: 12,
        numAttentionHeads: 12,
        maxPositionEmbeddings: 2048,
        tieWordEmbeddings: true,
      }),
      enable_bias: flag(true),
      do_layer_norm_before: flag(true),
    },
    stack: (config) => {
      const attentionBiases = config.enable_bias ? allBiases : noBiases;
      const intermediateSize = config.intermediate_size ?? 3072;
      return {
        ...plainStack({ ...config, intermediateSize, attentionBiases, mlpBias: config.enable_bias, norms: 2 }),
        finalNorms: config.do_layer_norm_before ? 2 : 0,
        embeddingExtras: positions(config.max_position_embeddings + 2, config.hidden_size),
      };
    },
  }),
);

/** Phi-1 and Phi-2: one norm before both blocks, biases everywhere, the output head too. */
export const phi: ModelFamily = modelFamily({
  modelTypes: ["phi"],
  fields: {
    ...plainFields({
      vocabSize: 51_200,
      hiddenSize: 2048,
      numHiddenLayers: 24,
      numAttentionHeads: 32,
      maxPositionEmbeddings: 2048,
      tieWordEmbeddings: false,
    }),
    num_key_value_heads: orAbsent(size(100_000)),
  },
  stack: (config) => ({
    ...plainStack({
      ...config,
      kvHeads: config.num_key_value_heads ?? config.num_attention_heads,
      intermediateSize: config.intermediate_size ?? 8192,
      attentionBiases: allBiases,
      mlpBias: true,
      norms: 1,
    }),
    headExtras: [vector("head", config.vocab_size)],
  }),
});

export const starCoder2: ModelFamily = modelFamily({
  modelTypes: ["starcoder2"],
  fields: {
    ...plainFields({
      vocabSize: 49_152,
      hiddenSize: 3072,
      numHiddenLayers: 30,
      numAttentionHeads: 24,
      maxPositionEmbeddings: 4096,
      tieWordEmbeddings: true,
    }),
    num_key_value_heads: withDefault(size(100_000), 2),
    use_bias: flag(true),
  },
  stack: (config) =>
    plainStack({
      ...config,
      kvHeads: config.num_key_value_heads,
      intermediateSize: config.intermediate_size ?? 12_288,
      attentionBiases: config.use_bias ? allBiases : noBiases,
      mlpBias: config.use_bias,
      norms: 2,
    }),
});

/** Minitron and Nemotron-4: squared ReLU between two matrices, norms with a bias. */
export const nemotron: ModelFamily = modelFamily({
  modelTypes: ["nemotron"],
  fields: {
    ...plainFields({
      vocabSize: 256_000,
      hiddenSize: 6144,
      numHiddenLayers: 32,
      numAttentionHeads: 48,
      maxPositionEmbeddings: 4096,
      tieWordEmbeddings: false,
    }),
    num_key_value_heads: orAbsent(size(100_000)),
    attention_bias: flag(false),
    mlp_bias: flag(false),
  },
  stack: (config) =>
    plainStack({
      ...config,
      kvHeads: config.num_key_value_heads ?? config.num_attention_heads,
      intermediateSize: config.intermediate_size ?? 24_576,
      attentionBiases: config.attention_bias ? allBiases : noBiases,
      mlpBias: config.mlp_bias,
      norms: 2,
    }),
});

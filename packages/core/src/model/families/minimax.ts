import { z } from "zod";
import { decoderFields, headFields, orAbsent, perLayer, size, sizeOrNone, withDefault } from "./config-fields.ts";
import { gatedMlp, groupedQueryOf } from "./llama.ts";
import { gatedMixture } from "./mixture.ts";
import { layersOf, type ModelFamily, modelFamily } from "./model-family.ts";

const mixtureFields = (experts: number, perToken: number) => ({
  num_local_experts: withDefault(size(100_000), experts),
  num_experts_per_tok: withDefault(size(100_000), perToken),
});

/** M1 and Text-01: lightning attention, with softmax attention in every eighth layer. Experts take the width of `intermediate_size`. */
export const miniMaxM1: ModelFamily = modelFamily({
  modelTypes: ["minimax_m1", "minimax_text_01", "minimax"],
  fields: {
    ...decoderFields({
      vocabSize: 200_064,
      hiddenSize: 6144,
      intermediateSize: 9216,
      numHiddenLayers: 80,
      numAttentionHeads: 64,
      maxPositionEmbeddings: 10_240_000,
    }),
    ...headFields({ numKeyValueHeads: 8, headDim: 128 }),
    ...mixtureFields(32, 2),
    attn_type_list: perLayer(z.int().min(0).max(1)),
  },
  stack: (config) => {
    const softmax = groupedQueryOf(config);
    const lightning = { kind: "lightning", numHeads: softmax.numAttentionHeads, headDim: softmax.headDim } as const;
    const isSoftmax = (index: number) => (config.attn_type_list ? config.attn_type_list[index] === 1 : index % 8 === 7);
    const feedForward = gatedMixture({
      numExperts: config.num_local_experts,
      numExpertsPerToken: config.num_experts_per_tok,
      expertIntermediateSize: config.intermediate_size,
    });
    return {
      layers: layersOf(config.num_hidden_layers, (index) => ({
        attention: isSoftmax(index) ? softmax : lightning,
        feedForward,
        hiddenNorms: 2,
      })),
    };
  },
});

/** M2 and M2.5: norms over whole query and key projections. The multi-token modules a config names are not in the checkpoint. */
export const miniMaxM2: ModelFamily = modelFamily({
  modelTypes: ["minimax_m2"],
  fields: {
    ...decoderFields({
      vocabSize: 200_064,
      hiddenSize: 3072,
      intermediateSize: 1536,
      numHiddenLayers: 62,
      numAttentionHeads: 48,
      maxPositionEmbeddings: 196_608,
    }),
    ...headFields({ numKeyValueHeads: 8, headDim: 128 }),
    ...mixtureFields(256, 8),
  },
  stack: (config) => ({
    layers: [
      {
        count: config.num_hidden_layers,
        attention: groupedQueryOf(config, { queryKeyNorm: "full" }),
        feedForward: gatedMixture({
          numExperts: config.num_local_experts,
          numExpertsPerToken: config.num_experts_per_tok,
          expertIntermediateSize: config.intermediate_size,
          routerBias: "fp32",
        }),
        hiddenNorms: 2,
      },
    ],
  }),
});

const sparseAttention = z.object({
  sparse_attention_freq: perLayer(z.int().min(0).max(1)),
  sparse_block_size: withDefault(size(1_000_000), 128),
  sparse_topk_blocks: withDefault(size(1_000_000), 16),
  sparse_index_dim: withDefault(size(100_000), 128),
  sparse_num_index_heads: withDefault(size(100_000), 4),
});

/**
 * M3: three dense layers, then experts under block-sparse attention, whose index picks whole blocks of the context.
 * Where a config leaves out the width of its dense layers, they are four times as wide as an expert, as in the release.
 */
export const miniMaxM3: ModelFamily = modelFamily({
  modelTypes: ["minimax_m3", "minimax_m3_vl"],
  fields: {
    ...decoderFields({
      vocabSize: 200_064,
      hiddenSize: 6144,
      intermediateSize: 3072,
      numHiddenLayers: 60,
      numAttentionHeads: 64,
      maxPositionEmbeddings: 1_048_576,
    }),
    ...headFields({ numKeyValueHeads: 4, headDim: 128 }),
    ...mixtureFields(128, 4),
    dense_intermediate_size: orAbsent(size()),
    shared_intermediate_size: orAbsent(sizeOrNone()),
    n_shared_experts: withDefault(sizeOrNone(1000), 1),
    moe_layer_freq: perLayer(z.int().min(0).max(1)),
    sparse_attention_config: orAbsent(sparseAttention),
  },
  stack: (config) => {
    const sparse = config.sparse_attention_config;
    const full = groupedQueryOf(config, { queryKeyNorm: "per-head" });
    const blocks = sparse
      ? {
          ...full,
          blockIndex: {
            heads: sparse.sparse_num_index_heads,
            headDim: sparse.sparse_index_dim,
            topTokens: sparse.sparse_block_size * sparse.sparse_topk_blocks,
          },
        }
      : full;
    const isSparse = (index: number) => (sparse?.sparse_attention_freq ? sparse.sparse_attention_freq[index] === 1 : index >= 3);
    const isMixture = (index: number) => (config.moe_layer_freq ? config.moe_layer_freq[index] === 1 : index >= 3);
    const dense = gatedMlp(config.dense_intermediate_size ?? 4 * config.intermediate_size);
    const mixture = gatedMixture({
      numExperts: config.num_local_experts,
      numExpertsPerToken: config.num_experts_per_tok,
      expertIntermediateSize: config.intermediate_size,
      sharedIntermediateSize: config.n_shared_experts * (config.shared_intermediate_size ?? config.intermediate_size),
      routerBias: "fp32",
    });
    return {
      layers: layersOf(config.num_hidden_layers, (index) => ({
        attention: isSparse(index) ? blocks : full,
        feedForward: isMixture(index) ? mixture : dense,
        hiddenNorms: 2,
      })),
    };
  },
});

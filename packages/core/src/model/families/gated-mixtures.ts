import { z } from "zod";
import { vector } from "../weight-tensor.ts";
import { decoderFields, flag, headFields, orAbsent, size, sizeOrNone, withDefault } from "./config-fields.ts";
import { gatedMlp, groupedQueryOf } from "./llama.ts";
import { gatedMixture } from "./mixture.ts";
import { layersOf, type ModelFamily, modelFamily } from "./model-family.ts";
import { gatedSharedMixtureAt } from "./qwen-hybrid.ts";

/** Grouped-query mixtures close to Qwen's and DeepSeek's. */

export const qwen2Moe: ModelFamily = modelFamily({
  modelTypes: ["qwen2_moe"],
  fields: {
    ...decoderFields({
      vocabSize: 151_936,
      hiddenSize: 2048,
      intermediateSize: 5632,
      numHiddenLayers: 24,
      numAttentionHeads: 16,
      maxPositionEmbeddings: 32_768,
    }),
    ...headFields({ numKeyValueHeads: 16 }),
    qkv_bias: flag(true),
    num_experts: withDefault(sizeOrNone(100_000), 60),
    num_experts_per_tok: withDefault(size(100_000), 4),
    moe_intermediate_size: withDefault(size(), 1408),
    shared_expert_intermediate_size: withDefault(sizeOrNone(), 5632),
    decoder_sparse_step: withDefault(size(10_000), 1),
    mlp_only_layers: withDefault(z.array(sizeOrNone(10_000)).max(10_000), []),
  },
  stack: (config) => {
    const feedForwardAt = gatedSharedMixtureAt(config);
    const attention = groupedQueryOf(config, { queryKeyValueBias: config.qkv_bias });
    return { layers: layersOf(config.num_hidden_layers, (index) => ({ attention, feedForward: feedForwardAt(index), hiddenNorms: 2 })) };
  },
});

export const olmoe: ModelFamily = modelFamily({
  modelTypes: ["olmoe"],
  fields: {
    ...decoderFields({
      vocabSize: 50_304,
      hiddenSize: 2048,
      intermediateSize: 2048,
      numHiddenLayers: 16,
      numAttentionHeads: 16,
      maxPositionEmbeddings: 4096,
    }),
    ...headFields(),
    attention_bias: flag(false),
    num_experts: withDefault(size(100_000), 64),
    num_experts_per_tok: withDefault(size(100_000), 8),
  },
  stack: (config) => {
    const biases = { queryKeyValueBias: config.attention_bias, outputBias: config.attention_bias };
    const attention = groupedQueryOf(config, { ...biases, queryKeyNorm: "full" });
    const feedForward = gatedMixture({
      numExperts: config.num_experts,
      numExpertsPerToken: config.num_experts_per_tok,
      expertIntermediateSize: config.intermediate_size,
    });
    return { layers: [{ count: config.num_hidden_layers, attention, feedForward, hiddenNorms: 2 }] };
  },
});

/** Layer norms with biases, biases on all projections of attention and on the head. */
export const phiMoe: ModelFamily = modelFamily({
  modelTypes: ["phimoe"],
  fields: {
    ...decoderFields({
      vocabSize: 32_064,
      hiddenSize: 4096,
      intermediateSize: 6400,
      numHiddenLayers: 32,
      numAttentionHeads: 32,
      maxPositionEmbeddings: 131_072,
    }),
    ...headFields({ numKeyValueHeads: 8 }),
    attention_bias: flag(false),
    lm_head_bias: flag(false),
    num_local_experts: withDefault(size(100_000), 16),
    num_experts_per_tok: withDefault(size(100_000), 2),
  },
  stack: (config) => {
    const attention = groupedQueryOf(config, { queryKeyValueBias: config.attention_bias, outputBias: config.attention_bias });
    const feedForward = gatedMixture({
      numExperts: config.num_local_experts,
      numExpertsPerToken: config.num_experts_per_tok,
      expertIntermediateSize: config.intermediate_size,
    });
    return {
      layers: [{ count: config.num_hidden_layers, attention, feedForward, hiddenNorms: 4 }],
      finalNorms: 2,
      headExtras: config.lm_head_bias ? [vector("head", config.vocab_size)] : [],
    };
  },
});

/** DeepSeek-MoE 16B and dots.llm1: leading dense layers, then shared and routed experts over grouped-query attention. */
const deepSeekMixtureFields = {
  n_routed_experts: orAbsent(size(100_000)),
  n_shared_experts: orAbsent(sizeOrNone(1000)),
  num_experts_per_tok: orAbsent(size(100_000)),
  moe_intermediate_size: withDefault(size(), 1408),
  first_k_dense_replace: withDefault(sizeOrNone(10_000), 1),
  attention_bias: flag(false),
};

export const dots1: ModelFamily = modelFamily({
  modelTypes: ["dots1", "deepseek"],
  fields: {
    ...decoderFields({
      vocabSize: 152_064,
      hiddenSize: 4096,
      intermediateSize: 10_944,
      numHiddenLayers: 62,
      numAttentionHeads: 32,
      maxPositionEmbeddings: 2048,
    }),
    ...headFields(),
    ...deepSeekMixtureFields,
    model_type: z.string(),
  },
  stack: (config) => {
    const isDots = config.model_type === "dots1";
    const biases = { queryKeyValueBias: config.attention_bias, outputBias: config.attention_bias };
    const attention = groupedQueryOf(config, { ...biases, queryKeyNorm: isDots ? "per-head" : "none" });
    const mixture = gatedMixture({
      numExperts: config.n_routed_experts ?? (isDots ? 128 : 64),
      numExpertsPerToken: config.num_experts_per_tok ?? 6,
      expertIntermediateSize: config.moe_intermediate_size,
      sharedIntermediateSize: (config.n_shared_experts ?? 2) * config.moe_intermediate_size,
      routerBias: isDots ? "fp32" : "none",
    });
    const dense = gatedMlp(config.intermediate_size);
    return {
      layers: layersOf(config.num_hidden_layers, (index) => ({
        attention,
        feedForward: index < config.first_k_dense_replace ? dense : mixture,
        hiddenNorms: 2,
      })),
    };
  },
});

export const ernie45Moe: ModelFamily = modelFamily({
  modelTypes: ["ernie4_5_moe"],
  fields: {
    ...decoderFields({
      vocabSize: 103_424,
      hiddenSize: 2560,
      intermediateSize: 12_288,
      numHiddenLayers: 28,
      numAttentionHeads: 20,
      maxPositionEmbeddings: 131_072,
      tieWordEmbeddings: true,
    }),
    ...headFields({ numKeyValueHeads: 4 }),
    use_bias: flag(false),
    moe_num_experts: withDefault(size(100_000), 64),
    moe_k: withDefault(size(100_000), 6),
    moe_num_shared_experts: withDefault(sizeOrNone(1000), 2),
    moe_intermediate_size: withDefault(size(), 1536),
    moe_layer_start_index: withDefault(sizeOrNone(10_000), 1),
    moe_layer_interval: withDefault(size(10_000), 1),
  },
  stack: (config) => {
    const attention = groupedQueryOf(config, { queryKeyValueBias: config.use_bias, outputBias: config.use_bias });
    const mixture = gatedMixture({
      numExperts: config.moe_num_experts,
      numExpertsPerToken: config.moe_k,
      expertIntermediateSize: config.moe_intermediate_size,
      sharedIntermediateSize: config.moe_num_shared_experts * config.moe_intermediate_size,
      routerBias: "fp32",
    });
    const isMixture = (index: number) => index >= config.moe_layer_start_index && (index + 1) % config.moe_layer_interval === 0;
    return {
      layers: layersOf(config.num_hidden_layers, (index) => ({
        attention,
        feedForward: isMixture(index) ? mixture : gatedMlp(config.intermediate_size, config.use_bias),
        hiddenNorms: 2,
      })),
    };
  },
});

import { z } from "zod";
import type { MultiHeadLatentAttention } from "../attention/multi-head-latent.ts";
import type { MixtureOfExperts } from "../feed-forward/mixture.ts";
import type { LayerGroup } from "../model-architecture.ts";
import { decoderFields, size, withDefault } from "./config-fields.ts";
import { gatedMlp } from "./llama.ts";
import { gatedMixture } from "./mixture.ts";
import { type DecoderStack, type ModelFamily, modelFamily } from "./model-family.ts";

/** Latent attention with a mixture of experts after some leading dense layers. */

const nonNegative = (most: number) => z.int().min(0).max(most);

const mixtureFields = (defaults: { routed: number; shared: number; perToken: number; width: number; leadingDense: number }) => ({
  n_routed_experts: withDefault(size(100_000), defaults.routed),
  n_shared_experts: withDefault(nonNegative(1000), defaults.shared),
  num_experts_per_tok: withDefault(size(100_000), defaults.perToken),
  moe_intermediate_size: withDefault(size(), defaults.width),
  first_k_dense_replace: withDefault(nonNegative(10_000), defaults.leadingDense),
});

const latentFields = {
  q_lora_rank: z.int().min(1).max(1_000_000).nullish(),
  kv_lora_rank: withDefault(size(1_000_000), 512),
  qk_nope_head_dim: withDefault(size(100_000), 128),
  qk_rope_head_dim: withDefault(size(100_000), 64),
  v_head_dim: withDefault(size(100_000), 128),
};

interface DeepSeekConfig {
  readonly hidden_size: number;
  readonly intermediate_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly q_lora_rank?: number | null | undefined;
  readonly kv_lora_rank: number;
  readonly qk_nope_head_dim: number;
  readonly qk_rope_head_dim: number;
  readonly v_head_dim: number;
  readonly n_routed_experts: number;
  readonly n_shared_experts: number;
  readonly num_experts_per_tok: number;
  readonly moe_intermediate_size: number;
  readonly first_k_dense_replace: number;
}

/** `null` means one-step query projection; silence means the family's default rank. */
const latentOf = (config: DeepSeekConfig, defaultQueryRank: number): MultiHeadLatentAttention => {
  const queryRank = config.q_lora_rank === undefined ? defaultQueryRank : config.q_lora_rank;
  return {
    kind: "multi-head-latent",
    numAttentionHeads: config.num_attention_heads,
    ...(queryRank === null ? {} : { qLoraRank: queryRank }),
    kvLoraRank: config.kv_lora_rank,
    qkNopeHeadDim: config.qk_nope_head_dim,
    qkRopeHeadDim: config.qk_rope_head_dim,
    vHeadDim: config.v_head_dim,
  };
};

const mixtureOf = (config: DeepSeekConfig, routerBias: MixtureOfExperts["routerBias"]): MixtureOfExperts =>
  gatedMixture({
    numExperts: config.n_routed_experts,
    numExpertsPerToken: config.num_experts_per_tok,
    expertIntermediateSize: config.moe_intermediate_size,
    sharedIntermediateSize: config.n_shared_experts * config.moe_intermediate_size,
    routerBias,
  });

interface StackTraits {
  readonly attention: MultiHeadLatentAttention;
  readonly routerBias: MixtureOfExperts["routerBias"];
  readonly numDraftLayers: number;
  /** Whether a draft layer stores the embedding and the head again. */
  readonly ownVocabulary: boolean;
}

const stackOf = (config: DeepSeekConfig, { attention, routerBias, numDraftLayers, ownVocabulary }: StackTraits): DecoderStack => {
  const dense = Math.min(config.first_k_dense_replace, config.num_hidden_layers);
  const mixtureLayer = { attention, feedForward: mixtureOf(config, routerBias), hiddenNorms: 2 };
  const groups: LayerGroup[] = [
    { count: dense, attention, feedForward: gatedMlp(config.intermediate_size), hiddenNorms: 2 },
    { count: config.num_hidden_layers - dense, ...mixtureLayer },
  ];
  return {
    layers: groups.filter(({ count }) => count > 0),
    ...(numDraftLayers > 0 ? { draftLayers: { layer: { count: numDraftLayers, ...mixtureLayer }, ownVocabulary } } : {}),
  };
};

export const deepSeekV2: ModelFamily = modelFamily({
  modelTypes: ["deepseek_v2"],
  fields: {
    ...decoderFields({
      vocabSize: 32_000,
      hiddenSize: 4096,
      intermediateSize: 11_008,
      numHiddenLayers: 32,
      numAttentionHeads: 32,
      maxPositionEmbeddings: 2048,
    }),
    ...mixtureFields({ routed: 64, shared: 2, perToken: 6, width: 1407, leadingDense: 0 }),
    ...latentFields,
  },
  stack: (config) => stackOf(config, { attention: latentOf(config, 1536), routerBias: "none", numDraftLayers: 0, ownVocabulary: false }),
});

const v3Fields = {
  ...decoderFields({
    vocabSize: 129_280,
    hiddenSize: 7168,
    intermediateSize: 18_432,
    numHiddenLayers: 61,
    numAttentionHeads: 128,
    maxPositionEmbeddings: 4096,
  }),
  ...mixtureFields({ routed: 256, shared: 1, perToken: 8, width: 2048, leadingDense: 3 }),
  ...latentFields,
  num_nextn_predict_layers: withDefault(nonNegative(100), 0),
};

const v3StackOf = (config: DeepSeekConfig & { readonly num_nextn_predict_layers: number }, attention: MultiHeadLatentAttention) =>
  stackOf(config, { attention, routerBias: "fp32", numDraftLayers: config.num_nextn_predict_layers, ownVocabulary: true });

/** Kimi-K2 keeps DeepSeek-V3's shape under a name of its own. */
export const deepSeekV3: ModelFamily = modelFamily({
  modelTypes: ["deepseek_v3", "kimi_k2"],
  fields: v3Fields,
  stack: (config) => v3StackOf(config, latentOf(config, 1536)),
});

const sparseFields = {
  ...v3Fields,
  index_n_heads: withDefault(size(100_000), 64),
  index_head_dim: withDefault(size(100_000), 128),
  index_topk: withDefault(size(1_000_000_000), 2048),
};

interface SparseConfig extends DeepSeekConfig {
  readonly index_n_heads: number;
  readonly index_head_dim: number;
  readonly index_topk: number;
}

const sparseLatentOf = (config: SparseConfig, defaultQueryRank: number): MultiHeadLatentAttention => ({
  ...latentOf(config, defaultQueryRank),
  indexer: { heads: config.index_n_heads, headDim: config.index_head_dim, topTokens: config.index_topk },
});

/** V3.2 adds the sparse-attention indexer. */
export const deepSeekV32: ModelFamily = modelFamily({
  modelTypes: ["deepseek_v32"],
  fields: sparseFields,
  stack: (config) => v3StackOf(config, sparseLatentOf(config, 1536)),
});

/** GLM-5 has V3.2's shape; its draft layer uses the embedding and the head of the model. */
export const glmMoeDsa: ModelFamily = modelFamily({
  modelTypes: ["glm_moe_dsa"],
  fields: {
    ...sparseFields,
    ...decoderFields({
      vocabSize: 154_880,
      hiddenSize: 6144,
      intermediateSize: 12_288,
      numHiddenLayers: 78,
      numAttentionHeads: 64,
      maxPositionEmbeddings: 202_752,
    }),
    qk_nope_head_dim: withDefault(size(100_000), 192),
    v_head_dim: withDefault(size(100_000), 256),
    index_n_heads: withDefault(size(100_000), 32),
  },
  stack: (config) =>
    stackOf(config, {
      attention: sparseLatentOf(config, 2048),
      routerBias: "fp32",
      numDraftLayers: config.num_nextn_predict_layers,
      ownVocabulary: false,
    }),
});

/** GLM-4.7-Flash: V3's shape without an indexer. */
export const glm4MoeLite: ModelFamily = modelFamily({
  modelTypes: ["glm4_moe_lite"],
  fields: {
    ...v3Fields,
    ...decoderFields({
      vocabSize: 154_880,
      hiddenSize: 2048,
      intermediateSize: 10_240,
      numHiddenLayers: 47,
      numAttentionHeads: 20,
      maxPositionEmbeddings: 202_752,
    }),
    ...mixtureFields({ routed: 64, shared: 1, perToken: 4, width: 1536, leadingDense: 1 }),
    qk_nope_head_dim: withDefault(size(100_000), 192),
    v_head_dim: withDefault(size(100_000), 256),
  },
  stack: (config) =>
    stackOf(config, {
      attention: latentOf(config, 768),
      routerBias: "fp32",
      numDraftLayers: config.num_nextn_predict_layers,
      ownVocabulary: true,
    }),
});

import { z } from "zod";
import type { FeedForward } from "../feed-forward/feed-forward.ts";
import { decoderFields, flag, headFields, layerTypes, size, sizeOrNone, withDefault } from "./config-fields.ts";
import { gatedMlp, groupedQueryOf } from "./llama.ts";
import { gatedMixture } from "./mixture.ts";
import { type DecoderStack, layersOf, type ModelFamily, modelFamily } from "./model-family.ts";

/** Gated DeltaNet in three layers of four, gated attention in the fourth, and one multi-token-prediction layer. */

const linearFields = (valueHeads: number) => ({
  linear_num_key_heads: withDefault(size(100_000), 16),
  linear_num_value_heads: withDefault(size(100_000), valueHeads),
  linear_key_head_dim: withDefault(size(100_000), 128),
  linear_value_head_dim: withDefault(size(100_000), 128),
  linear_conv_kernel_dim: withDefault(size(1000), 4),
  full_attention_interval: withDefault(size(10_000), 4),
  layer_types: layerTypes,
  attention_bias: flag(false),
});

/** The releases store one draft layer, which transformers does not load and most configs do not name. */
const draftField = { mtp_num_hidden_layers: withDefault(sizeOrNone(100), 1) };

const mixtureFields = (experts: number, perToken: number) => ({
  num_experts: withDefault(sizeOrNone(100_000), experts),
  num_experts_per_tok: withDefault(size(100_000), perToken),
  moe_intermediate_size: withDefault(size(), 512),
  shared_expert_intermediate_size: withDefault(sizeOrNone(), 512),
  decoder_sparse_step: withDefault(size(10_000), 1),
  mlp_only_layers: withDefault(z.array(sizeOrNone(10_000)).max(10_000), []),
});

interface HybridConfig {
  readonly num_hidden_layers: number;
  readonly hidden_size: number;
  readonly num_attention_heads: number;
  readonly num_key_value_heads: number | undefined;
  readonly head_dim: number | undefined;
  readonly attention_bias: boolean;
  readonly linear_num_key_heads: number;
  readonly linear_num_value_heads: number;
  readonly linear_key_head_dim: number;
  readonly linear_value_head_dim: number;
  readonly linear_conv_kernel_dim: number;
  readonly full_attention_interval: number;
  readonly layer_types: readonly string[] | undefined;
  readonly mtp_num_hidden_layers: number;
}

interface HybridTraits {
  readonly feedForwardAt: (index: number) => FeedForward;
  /** Qwen3.5's configs ask engines for an F32 state, Qwen3-Next's leave it in the model's format. */
  readonly stateBytesPerValue: number;
}

const hybridStack = (config: HybridConfig, { feedForwardAt, stateBytesPerValue }: HybridTraits): DecoderStack => {
  const full = groupedQueryOf(config, {
    queryKeyNorm: "per-head",
    extras: ["output-gate"],
    queryKeyValueBias: config.attention_bias,
    outputBias: config.attention_bias,
  });
  const linear = {
    kind: "gated-delta",
    keyHeads: config.linear_num_key_heads,
    valueHeads: config.linear_num_value_heads,
    keyHeadDim: config.linear_key_head_dim,
    valueHeadDim: config.linear_value_head_dim,
    convolutionKernel: config.linear_conv_kernel_dim,
    stateBytesPerValue,
  } as const;
  const isFull = (index: number) =>
    config.layer_types ? config.layer_types[index] === "full_attention" : (index + 1) % config.full_attention_interval === 0;
  const draft = {
    count: config.mtp_num_hidden_layers,
    attention: full,
    feedForward: feedForwardAt(config.num_hidden_layers - 1),
    hiddenNorms: 2,
  };
  return {
    layers: layersOf(config.num_hidden_layers, (index) => ({
      attention: isFull(index) ? full : linear,
      feedForward: feedForwardAt(index),
      hiddenNorms: 2,
    })),
    ...(draft.count > 0 ? { draftLayers: { layer: draft, ownVocabulary: false } } : {}),
  };
};

interface MixtureConfig {
  readonly intermediate_size: number;
  readonly num_experts: number;
  readonly num_experts_per_tok: number;
  readonly moe_intermediate_size: number;
  readonly shared_expert_intermediate_size: number;
  readonly decoder_sparse_step: number;
  readonly mlp_only_layers: readonly number[];
}

/** A mixture with a gated shared expert, but for the layers that a config makes dense. */
export const gatedSharedMixtureAt = (config: MixtureConfig): ((index: number) => FeedForward) => {
  const mixture = gatedMixture({
    numExperts: config.num_experts,
    numExpertsPerToken: config.num_experts_per_tok,
    expertIntermediateSize: config.moe_intermediate_size,
    sharedIntermediateSize: config.shared_expert_intermediate_size,
    sharedExpertGate: config.shared_expert_intermediate_size > 0,
  });
  const isDense = (index: number) =>
    config.num_experts === 0 || config.mlp_only_layers.includes(index) || (index + 1) % config.decoder_sparse_step !== 0;
  return (index) => (isDense(index) ? gatedMlp(config.intermediate_size) : mixture);
};

export const qwen3Next: ModelFamily = modelFamily({
  modelTypes: ["qwen3_next"],
  fields: {
    ...decoderFields({
      vocabSize: 151_936,
      hiddenSize: 2048,
      intermediateSize: 5632,
      numHiddenLayers: 48,
      numAttentionHeads: 16,
      maxPositionEmbeddings: 32_768,
    }),
    ...headFields({ numKeyValueHeads: 2, headDim: 256 }),
    ...linearFields(32),
    ...mixtureFields(512, 10),
    ...draftField,
  },
  stack: (config) => hybridStack(config, { feedForwardAt: gatedSharedMixtureAt(config), stateBytesPerValue: 2 }),
});

export const qwen35: ModelFamily = modelFamily({
  modelTypes: ["qwen3_5_text", "qwen3_5"],
  fields: {
    ...decoderFields({
      vocabSize: 248_320,
      hiddenSize: 4096,
      intermediateSize: 12_288,
      numHiddenLayers: 32,
      numAttentionHeads: 16,
      maxPositionEmbeddings: 32_768,
    }),
    ...headFields({ numKeyValueHeads: 4, headDim: 256 }),
    ...linearFields(32),
    ...draftField,
  },
  stack: (config) => hybridStack(config, { feedForwardAt: () => gatedMlp(config.intermediate_size), stateBytesPerValue: 4 }),
});

export const qwen35Moe: ModelFamily = modelFamily({
  modelTypes: ["qwen3_5_moe_text", "qwen3_5_moe"],
  fields: {
    ...decoderFields({
      vocabSize: 248_320,
      hiddenSize: 2048,
      intermediateSize: 512,
      numHiddenLayers: 40,
      numAttentionHeads: 16,
      maxPositionEmbeddings: 32_768,
    }),
    ...headFields({ numKeyValueHeads: 2, headDim: 256 }),
    ...linearFields(32),
    ...mixtureFields(256, 8),
    ...draftField,
  },
  stack: (config) => hybridStack(config, { feedForwardAt: gatedSharedMixtureAt(config), stateBytesPerValue: 4 }),
});

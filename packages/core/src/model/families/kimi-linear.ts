import { z } from "zod";
import type { MultiHeadLatentAttention } from "../attention/multi-head-latent.ts";
import { decoderFields, orAbsent, size, sizeOrNone, withDefault } from "./config-fields.ts";
import { gatedMlp } from "./llama.ts";
import { gatedMixture } from "./mixture.ts";
import { layersOf, type ModelFamily, modelFamily } from "./model-family.ts";

const linearAttention = z.object({
  full_attn_layers: orAbsent(z.array(size(10_000)).max(10_000)),
  head_dim: orAbsent(size(100_000)),
  num_heads: orAbsent(size(100_000)),
  short_conv_kernel_size: orAbsent(size(1000)),
});

/** Three layers of Kimi Delta Attention to one of latent attention; layers are numbered from 1 in the config. */
export const kimiLinear: ModelFamily = modelFamily({
  modelTypes: ["kimi_linear"],
  fields: {
    ...decoderFields({
      vocabSize: 163_840,
      hiddenSize: 2304,
      intermediateSize: 9216,
      numHiddenLayers: 27,
      numAttentionHeads: 32,
      maxPositionEmbeddings: 1_048_576,
    }),
    linear_attn_config: orAbsent(linearAttention),
    q_lora_rank: orAbsent(size(1_000_000)),
    kv_lora_rank: withDefault(size(1_000_000), 512),
    qk_nope_head_dim: withDefault(size(100_000), 128),
    qk_rope_head_dim: withDefault(size(100_000), 64),
    v_head_dim: withDefault(size(100_000), 128),
    num_experts: withDefault(size(100_000), 256),
    num_experts_per_token: orAbsent(size(100_000)),
    num_experts_per_tok: withDefault(size(100_000), 8),
    moe_intermediate_size: withDefault(size(), 1024),
    num_shared_experts: withDefault(sizeOrNone(1000), 1),
    first_k_dense_replace: withDefault(sizeOrNone(10_000), 1),
  },
  stack: (config) => {
    const linear = config.linear_attn_config;
    const latent: MultiHeadLatentAttention = {
      kind: "multi-head-latent",
      numAttentionHeads: config.num_attention_heads,
      ...(config.q_lora_rank === undefined ? {} : { qLoraRank: config.q_lora_rank }),
      kvLoraRank: config.kv_lora_rank,
      qkNopeHeadDim: config.qk_nope_head_dim,
      qkRopeHeadDim: config.qk_rope_head_dim,
      vHeadDim: config.v_head_dim,
    };
    const delta = {
      kind: "kimi-delta",
      numHeads: linear?.num_heads ?? config.num_attention_heads,
      headDim: linear?.head_dim ?? 128,
      convolutionKernel: linear?.short_conv_kernel_size ?? 4,
    } as const;
    const last = config.num_hidden_layers - 1;
    const isFull = (index: number) =>
      linear?.full_attn_layers ? linear.full_attn_layers.includes(index + 1) : (index + 1) % 4 === 0 || index === last;
    const mixture = gatedMixture({
      numExperts: config.num_experts,
      numExpertsPerToken: Math.min(config.num_experts, config.num_experts_per_token ?? config.num_experts_per_tok),
      expertIntermediateSize: config.moe_intermediate_size,
      sharedIntermediateSize: config.num_shared_experts * config.moe_intermediate_size,
      routerBias: "fp32",
    });
    return {
      layers: layersOf(config.num_hidden_layers, (index) => ({
        attention: isFull(index) ? latent : delta,
        feedForward: index < config.first_k_dense_replace ? gatedMlp(config.intermediate_size) : mixture,
        hiddenNorms: 2,
      })),
    };
  },
});

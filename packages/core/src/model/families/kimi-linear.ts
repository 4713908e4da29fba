import { z } from "zod";
import type { MultiHeadLatentAttention } from "../attention/multi-head-latent.ts";
import type { MixtureOfExperts } from "../feed-forward/mixture.ts";
import { decoderFields, orAbsent, size, sizeOrNone, withDefault } from "./config-fields.ts";
import { gatedMlp } from "./llama.ts";
import { gatedMixture } from "./mixture.ts";
import { layersOf, type ModelFamily, modelFamily } from "./model-family.ts";

const linearAttention = z.object({
  full_attn_layers: orAbsent(z.array(size(10_000)).max(10_000)),
  head_dim: orAbsent(size(100_000)),
  num_heads: orAbsent(size(100_000)),
  short_conv_kernel_size: orAbsent(size(1000)),
  use_full_rank_gate: orAbsent(z.boolean({ error: "must be true or false" })),
});

/** As deep as Kimi-K3: a trimmed config is read as that release where it is silent. */
const k3Layers = 93;

/** What sets the two releases apart. */
const kimiLinear48B = { perToken: 8, sharedExperts: 1, latentSize: undefined, gates: false, residualBlock: 0 };
const kimiK3 = { perToken: 16, sharedExperts: 2, latentSize: 3584, gates: true, residualBlock: 12 };

/**
 * Three layers of Kimi Delta Attention to one of latent attention; layers are numbered from 1 in the config.
 * Attention residuals hold a query and a norm for each of a layer's two blocks and for the output, each of the hidden size.
 */
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
    num_experts_per_tok: orAbsent(size(100_000)),
    moe_intermediate_size: withDefault(size(), 1024),
    num_shared_experts: orAbsent(sizeOrNone(1000)),
    routed_expert_hidden_size: orAbsent(size(1_000_000)),
    latent_moe_use_norm: orAbsent(z.boolean({ error: "must be true or false" })),
    mla_use_output_gate: orAbsent(z.boolean({ error: "must be true or false" })),
    attn_res_block_size: orAbsent(sizeOrNone(10_000)),
    first_k_dense_replace: withDefault(sizeOrNone(10_000), 1),
  },
  stack: (config) => {
    const linear = config.linear_attn_config;
    const release = releaseOf(config);
    const delta = {
      kind: "kimi-delta",
      numHeads: linear?.num_heads ?? config.num_attention_heads,
      headDim: linear?.head_dim ?? 128,
      convolutionKernel: linear?.short_conv_kernel_size ?? 4,
      outputGate: (linear?.use_full_rank_gate ?? release.gates) ? "full" : "bottleneck",
    } as const;
    const latent = latentOf(config);
    const mixture = mixtureOf(config);
    const last = config.num_hidden_layers - 1;
    const isFull = (index: number) =>
      linear?.full_attn_layers ? linear.full_attn_layers.includes(index + 1) : (index + 1) % 4 === 0 || index === last;
    const mixesStreams = (config.attn_res_block_size ?? release.residualBlock) > 0;
    return {
      layers: layersOf(config.num_hidden_layers, (index) => ({
        attention: isFull(index) ? latent : delta,
        feedForward: index < config.first_k_dense_replace ? gatedMlp(config.intermediate_size) : mixture,
        hiddenNorms: mixesStreams ? 6 : 2,
      })),
      finalNorms: mixesStreams ? 3 : 1,
    };
  },
});

interface KimiConfig {
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly q_lora_rank: number | undefined;
  readonly kv_lora_rank: number;
  readonly qk_nope_head_dim: number;
  readonly qk_rope_head_dim: number;
  readonly v_head_dim: number;
  readonly num_experts: number;
  readonly num_experts_per_token: number | undefined;
  readonly num_experts_per_tok: number | undefined;
  readonly moe_intermediate_size: number;
  readonly num_shared_experts: number | undefined;
  readonly routed_expert_hidden_size: number | undefined;
  readonly latent_moe_use_norm: boolean | undefined;
  readonly mla_use_output_gate: boolean | undefined;
}

const releaseOf = ({ num_hidden_layers }: Pick<KimiConfig, "num_hidden_layers">) =>
  num_hidden_layers >= k3Layers ? kimiK3 : kimiLinear48B;

const latentOf = (config: KimiConfig): MultiHeadLatentAttention => ({
  kind: "multi-head-latent",
  numAttentionHeads: config.num_attention_heads,
  ...(config.q_lora_rank === undefined ? {} : { qLoraRank: config.q_lora_rank }),
  kvLoraRank: config.kv_lora_rank,
  qkNopeHeadDim: config.qk_nope_head_dim,
  qkRopeHeadDim: config.qk_rope_head_dim,
  vHeadDim: config.v_head_dim,
  outputGate: (config.mla_use_output_gate ?? releaseOf(config).gates) ? "full" : "none",
});

const mixtureOf = (config: KimiConfig): MixtureOfExperts => {
  const release = releaseOf(config);
  const latentSize = config.routed_expert_hidden_size ?? release.latentSize;
  const perToken = config.num_experts_per_token ?? config.num_experts_per_tok ?? release.perToken;
  return gatedMixture({
    numExperts: config.num_experts,
    numExpertsPerToken: Math.min(config.num_experts, perToken),
    expertIntermediateSize: config.moe_intermediate_size,
    sharedIntermediateSize: (config.num_shared_experts ?? release.sharedExperts) * config.moe_intermediate_size,
    routerBias: "fp32",
    ...(latentSize === undefined ? {} : { latentSize }),
    latentNorm: (config.latent_moe_use_norm ?? release.gates) ? "one" : "none",
  });
};

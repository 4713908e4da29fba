import { z } from "zod";
import type { Attention } from "../attention/attention.ts";
import type { FeedForward } from "../feed-forward/feed-forward.ts";
import { decoderFields, flag, headFields, layerTypes, orAbsent, size, sizeOrNone, withDefault } from "./config-fields.ts";
import { groupedQueryOf } from "./llama.ts";
import { gatedMixture } from "./mixture.ts";
import { layersOf, type ModelFamily, modelFamily } from "./model-family.ts";

/** Each layer is one block alone: M Mamba-2, * attention, - a plain MLP, E a mixture of experts. */
const patternRule = "must tell every layer by one of M, E, * and -";
const pattern = z
  .string({ error: patternRule })
  .max(10_000)
  .regex(/^[ME*-]+$/, patternRule);

const symbols: Readonly<Record<string, string>> = { mamba: "M", moe: "E", attention: "*", mlp: "-" };

export const nemotronH: ModelFamily = modelFamily({
  modelTypes: ["nemotron_h"],
  fields: {
    ...decoderFields({
      vocabSize: 131_072,
      hiddenSize: 4096,
      intermediateSize: 21_504,
      numHiddenLayers: 52,
      numAttentionHeads: 32,
      maxPositionEmbeddings: 4096,
    }),
    ...headFields({ numKeyValueHeads: 8, headDim: 128 }),
    hybrid_override_pattern: orAbsent(pattern),
    layers_block_type: layerTypes,
    mamba_num_heads: withDefault(size(100_000), 128),
    mamba_head_dim: withDefault(size(100_000), 64),
    ssm_state_size: withDefault(size(100_000), 128),
    n_groups: withDefault(size(100_000), 8),
    conv_kernel: withDefault(size(1000), 4),
    use_conv_bias: flag(true),
    mamba_proj_bias: flag(false),
    attention_bias: flag(false),
    mlp_bias: flag(false),
    n_routed_experts: withDefault(size(100_000), 8),
    n_shared_experts: withDefault(sizeOrNone(1000), 1),
    num_experts_per_tok: withDefault(size(100_000), 2),
    moe_intermediate_size: withDefault(size(), 7688),
    moe_shared_expert_intermediate_size: withDefault(size(), 7688),
    moe_latent_size: orAbsent(size(1_000_000)),
    num_nextn_predict_layers: withDefault(sizeOrNone(100), 0),
  },
  stack: (config) => {
    const attention = groupedQueryOf(config, { queryKeyValueBias: config.attention_bias, outputBias: config.attention_bias });
    const mixture = gatedMixture({
      shape: "plain",
      numExperts: config.n_routed_experts,
      numExpertsPerToken: config.num_experts_per_tok,
      expertIntermediateSize: config.moe_intermediate_size,
      sharedIntermediateSize: config.n_shared_experts * config.moe_shared_expert_intermediate_size,
      routerBias: "fp32",
      ...(config.moe_latent_size === undefined ? {} : { latentSize: config.moe_latent_size }),
    });
    const none = { kind: "none" } as const;
    const blocks: Readonly<Record<string, { readonly attention: Attention; readonly feedForward: FeedForward }>> = {
      M: { attention: mambaOf(config), feedForward: none },
      "*": { attention, feedForward: none },
      "-": {
        attention: none,
        feedForward: { kind: "dense", shape: "plain", intermediateSize: config.intermediate_size, bias: config.mlp_bias },
      },
      E: { attention: none, feedForward: mixture },
    };
    const told = config.hybrid_override_pattern ?? config.layers_block_type?.map((type) => symbols[type] ?? "M").join("") ?? eightEighths;
    const drafts = config.num_nextn_predict_layers;
    return {
      layers: layersOf(told.length, (index) => ({ ...(blocks[told[index] ?? "M"] ?? { attention, feedForward: none }), hiddenNorms: 1 })),
      ...(drafts > 0
        ? { draftLayers: { layer: { count: drafts, attention, feedForward: mixture, hiddenNorms: 2 }, ownVocabulary: false } }
        : {}),
    };
  },
});

/** Nemotron-H 8B, the default of transformers. */
const eightEighths = "M-M-M-M*-M-M-M-M-M*-M-M-M-M-M*-M-M-M-M-M*-M-M-M-M-M-";

interface MambaConfig {
  readonly mamba_num_heads: number;
  readonly mamba_head_dim: number;
  readonly ssm_state_size: number;
  readonly n_groups: number;
  readonly conv_kernel: number;
  readonly use_conv_bias: boolean;
  readonly mamba_proj_bias: boolean;
}

/** Nemotron's configs ask engines for an F32 state. */
const mambaOf = (config: MambaConfig): Attention => ({
  kind: "state-space",
  numHeads: config.mamba_num_heads,
  headDim: config.mamba_head_dim,
  stateSize: config.ssm_state_size,
  groups: config.n_groups,
  convolutionKernel: config.conv_kernel,
  convolutionBias: config.use_conv_bias,
  projectionBias: config.mamba_proj_bias,
  stateBytesPerValue: 4,
});

import { z } from "zod";
import { decoderFields, flag, headFields, layerTypes, orAbsent, size, sizeOrNone, withDefault } from "./config-fields.ts";
import { gatedMlp, groupedQueryOf } from "./llama.ts";
import { gatedMixture } from "./mixture.ts";
import { layersOf, type ModelFamily, modelFamily } from "./model-family.ts";

const granite3 = {
  vocabSize: 32_000,
  hiddenSize: 4096,
  intermediateSize: 11_008,
  numHiddenLayers: 32,
  numAttentionHeads: 32,
  maxPositionEmbeddings: 2048,
};

const mixtureFields = {
  num_local_experts: withDefault(sizeOrNone(100_000), 8),
  num_experts_per_tok: withDefault(sizeOrNone(100_000), 2),
  shared_intermediate_size: withDefault(sizeOrNone(), 0),
  attention_bias: flag(false),
};

interface GraniteMixtureConfig {
  readonly intermediate_size: number;
  readonly shared_intermediate_size: number;
  readonly num_local_experts: number;
  readonly num_experts_per_tok: number;
}

/** Without experts the shared block is all there is. */
const blockOf = (config: GraniteMixtureConfig) =>
  config.num_local_experts === 0
    ? gatedMlp(config.shared_intermediate_size || config.intermediate_size)
    : gatedMixture({
        numExperts: config.num_local_experts,
        numExpertsPerToken: Math.max(1, config.num_experts_per_tok),
        expertIntermediateSize: config.intermediate_size,
        sharedIntermediateSize: config.shared_intermediate_size,
      });

export const graniteMoe: ModelFamily = modelFamily({
  modelTypes: ["granitemoe", "granitemoeshared"],
  fields: { ...decoderFields(granite3), ...headFields(), ...mixtureFields },
  stack: (config) => ({
    layers: [
      {
        count: config.num_hidden_layers,
        attention: groupedQueryOf(config, { queryKeyValueBias: config.attention_bias, outputBias: config.attention_bias }),
        feedForward: blockOf(config),
        hiddenNorms: 2,
      },
    ],
  }),
});

/** Granite 4: Mamba-2 in most layers, each followed by experts and a shared block. */
export const graniteMoeHybrid: ModelFamily = modelFamily({
  modelTypes: ["granitemoehybrid"],
  fields: {
    ...decoderFields(granite3),
    ...headFields(),
    ...mixtureFields,
    shared_intermediate_size: withDefault(sizeOrNone(), 1024),
    layer_types: layerTypes,
    mamba_n_heads: withDefault(size(100_000), 128),
    mamba_d_head: orAbsent(z.union([size(100_000), z.literal("auto")], { error: 'must be a whole number or "auto"' })),
    mamba_d_state: withDefault(size(100_000), 256),
    mamba_n_groups: withDefault(size(100_000), 1),
    mamba_d_conv: withDefault(size(1000), 4),
    mamba_expand: withDefault(size(100), 2),
    mamba_conv_bias: flag(true),
    mamba_proj_bias: flag(false),
  },
  stack: (config) => {
    const attention = groupedQueryOf(config, { queryKeyValueBias: config.attention_bias, outputBias: config.attention_bias });
    const headDim =
      typeof config.mamba_d_head === "number"
        ? config.mamba_d_head
        : Math.max(1, Math.floor((config.mamba_expand * config.hidden_size) / config.mamba_n_heads));
    const mamba = {
      kind: "state-space",
      numHeads: config.mamba_n_heads,
      headDim,
      stateSize: config.mamba_d_state,
      groups: config.mamba_n_groups,
      convolutionKernel: config.mamba_d_conv,
      convolutionBias: config.mamba_conv_bias,
      projectionBias: config.mamba_proj_bias,
      stateBytesPerValue: 2,
    } as const;
    return {
      layers: layersOf(config.num_hidden_layers, (index) => ({
        attention: config.layer_types?.[index] === "attention" ? attention : mamba,
        feedForward: blockOf(config),
        hiddenNorms: 2,
      })),
    };
  },
});

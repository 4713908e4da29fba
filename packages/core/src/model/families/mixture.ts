import { z } from "zod";
import type { MixtureOfExperts } from "../feed-forward/mixture.ts";
import { decoderFields, flag, orAbsent, size, withDefault } from "./config-fields.ts";
import { gatedMlp, groupedQueryOf } from "./llama.ts";
import { groupLayers, layerIndices, type ModelFamily, modelFamily } from "./model-family.ts";

/** Grouped-query decoders whose feed-forward blocks are mixtures of experts. */

type MixtureTraits = Pick<MixtureOfExperts, "numExperts" | "numExpertsPerToken" | "expertIntermediateSize"> & Partial<MixtureOfExperts>;

export const gatedMixture = (traits: MixtureTraits): MixtureOfExperts => ({
  kind: "mixture",
  shape: "gated",
  sharedIntermediateSize: 0,
  sharedExpertGate: false,
  expertBias: false,
  routerBias: "none",
  ...traits,
});

/** Experts take the width of `intermediate_size`. */
export const mixtral: ModelFamily = modelFamily({
  modelTypes: ["mixtral"],
  fields: {
    ...decoderFields({
      vocabSize: 32_000,
      hiddenSize: 4096,
      intermediateSize: 14_336,
      numHiddenLayers: 32,
      numAttentionHeads: 32,
      maxPositionEmbeddings: 131_072,
    }),
    num_key_value_heads: orAbsent(size(100_000)).transform((heads) => heads ?? 8),
    head_dim: orAbsent(size(100_000)),
    num_local_experts: withDefault(size(100_000), 8),
    num_experts_per_tok: withDefault(size(100_000), 2),
  },
  stack: (config) => ({
    layers: [
      {
        count: config.num_hidden_layers,
        attention: groupedQueryOf(config),
        feedForward: gatedMixture({
          numExperts: config.num_local_experts,
          numExpertsPerToken: config.num_experts_per_tok,
          expertIntermediateSize: config.intermediate_size,
        }),
        hiddenNorms: 2,
      },
    ],
  }),
});

const layerIndex = z.int().min(0).max(10_000);

export const qwen3Moe: ModelFamily = modelFamily({
  modelTypes: ["qwen3_moe", "qwen3_vl_moe_text"],
  fields: {
    ...decoderFields({
      vocabSize: 151_936,
      hiddenSize: 2048,
      intermediateSize: 6144,
      numHiddenLayers: 24,
      numAttentionHeads: 32,
      maxPositionEmbeddings: 32_768,
    }),
    num_key_value_heads: orAbsent(size(100_000)).transform((heads) => heads ?? 4),
    head_dim: orAbsent(size(100_000)),
    attention_bias: flag(false),
    num_experts: withDefault(size(100_000), 128),
    num_experts_per_tok: withDefault(size(100_000), 8),
    moe_intermediate_size: withDefault(size(), 768),
    decoder_sparse_step: withDefault(size(10_000), 1),
    mlp_only_layers: withDefault(z.array(layerIndex).max(10_000), []),
  },
  stack: (config) => {
    const attention = groupedQueryOf(config, {
      queryKeyNorm: "per-head",
      queryKeyValueBias: config.attention_bias,
      outputBias: config.attention_bias,
    });
    const mixture = gatedMixture({
      numExperts: config.num_experts,
      numExpertsPerToken: config.num_experts_per_tok,
      expertIntermediateSize: config.moe_intermediate_size,
    });
    const isDense = (index: number) => config.mlp_only_layers.includes(index) || (index + 1) % config.decoder_sparse_step !== 0;
    return {
      layers: groupLayers(
        layerIndices(config.num_hidden_layers).map((index) => ({
          attention,
          feedForward: isDense(index) ? gatedMlp(config.intermediate_size) : mixture,
          hiddenNorms: 2,
        })),
      ),
    };
  },
});

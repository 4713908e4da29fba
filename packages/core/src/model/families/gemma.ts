import { z } from "zod";
import type { GroupedQueryAttention } from "../attention/grouped-query.ts";
import { matrix, vector, type WeightTensor } from "../weight-tensor.ts";
import { decoderFields, flag, headFields, layerTypes, orAbsent, size, sizeOrNone, withDefault } from "./config-fields.ts";
import { gatedMlp, groupedQueryOf, withinWindow } from "./llama.ts";
import { gatedMixture } from "./mixture.ts";
import { layersOf, type ModelFamily, modelFamily } from "./model-family.ts";

/** Tied embeddings, wide heads, and since Gemma 2 four norms a layer and sliding windows between global layers. */

const tokens = size(1_000_000_000);

export const gemma: ModelFamily = modelFamily({
  modelTypes: ["gemma"],
  fields: {
    ...decoderFields({
      vocabSize: 256_000,
      hiddenSize: 3072,
      intermediateSize: 24_576,
      numHiddenLayers: 28,
      numAttentionHeads: 16,
      maxPositionEmbeddings: 8192,
      tieWordEmbeddings: true,
    }),
    ...headFields({ numKeyValueHeads: 16, headDim: 256 }),
  },
  stack: (config) => ({
    layers: [
      {
        count: config.num_hidden_layers,
        attention: groupedQueryOf(config),
        feedForward: gatedMlp(config.intermediate_size),
        hiddenNorms: 2,
      },
    ],
  }),
});

interface SlidingConfig {
  readonly layer_types: readonly string[] | undefined;
  readonly sliding_window: number;
}

/** Without a list of layer types, the last layer of every `pattern` is global. */
const windowAt = (config: SlidingConfig, pattern: number) => (index: number) => {
  const slides = config.layer_types ? config.layer_types[index] === "sliding_attention" : (index + 1) % pattern !== 0;
  return withinWindow(slides ? config.sliding_window : undefined);
};

export const gemma2: ModelFamily = modelFamily({
  modelTypes: ["gemma2"],
  fields: {
    ...decoderFields({
      vocabSize: 256_000,
      hiddenSize: 2304,
      intermediateSize: 9216,
      numHiddenLayers: 26,
      numAttentionHeads: 8,
      maxPositionEmbeddings: 8192,
      tieWordEmbeddings: true,
    }),
    ...headFields({ numKeyValueHeads: 4, headDim: 256 }),
    sliding_window: withDefault(tokens, 4096),
    layer_types: layerTypes,
  },
  stack: (config) => {
    const reachAt = windowAt(config, 2);
    return {
      layers: layersOf(config.num_hidden_layers, (index) => ({
        attention: groupedQueryOf(config, reachAt(index)),
        feedForward: gatedMlp(config.intermediate_size),
        hiddenNorms: 4,
      })),
    };
  },
});

export const gemma3: ModelFamily = modelFamily({
  modelTypes: ["gemma3_text", "gemma3"],
  fields: {
    ...decoderFields({
      vocabSize: 262_208,
      hiddenSize: 2304,
      intermediateSize: 9216,
      numHiddenLayers: 26,
      numAttentionHeads: 8,
      maxPositionEmbeddings: 131_072,
      tieWordEmbeddings: true,
    }),
    ...headFields({ numKeyValueHeads: 4, headDim: 256 }),
    sliding_window: withDefault(tokens, 4096),
    sliding_window_pattern: withDefault(size(10_000), 6),
    layer_types: layerTypes,
  },
  stack: (config) => {
    const reachAt = windowAt(config, config.sliding_window_pattern);
    return {
      layers: layersOf(config.num_hidden_layers, (index) => ({
        attention: groupedQueryOf(config, { queryKeyNorm: "per-head", ...reachAt(index) }),
        feedForward: gatedMlp(config.intermediate_size),
        hiddenNorms: 4,
      })),
    };
  },
});

const noSharedCache = z.literal(0, { error: "must be 0: layers that share the cache of others are not counted" });

/** Global layers have heads of their own width and, where `attention_k_eq_v` says so, no values beside the keys. */
export const gemma4: ModelFamily = modelFamily({
  modelTypes: ["gemma4_text", "gemma4"],
  fields: {
    ...decoderFields({
      vocabSize: 262_144,
      hiddenSize: 2304,
      intermediateSize: 9216,
      numHiddenLayers: 30,
      numAttentionHeads: 8,
      maxPositionEmbeddings: 131_072,
      tieWordEmbeddings: true,
    }),
    ...headFields({ numKeyValueHeads: 4, headDim: 256 }),
    sliding_window: withDefault(tokens, 512),
    layer_types: layerTypes,
    global_head_dim: withDefault(size(100_000), 512),
    num_global_key_value_heads: orAbsent(size(100_000)),
    attention_k_eq_v: orAbsent(z.boolean({ error: "must be true or false" })),
    num_kv_shared_layers: withDefault(noSharedCache, 0),
    num_experts: withDefault(sizeOrNone(100_000), 0),
    top_k_experts: orAbsent(size(100_000)),
    num_experts_per_tok: withDefault(size(100_000), 8),
    moe_intermediate_size: withDefault(size(), 704),
    hidden_size_per_layer_input: withDefault(sizeOrNone(100_000), 0),
    vocab_size_per_layer_input: withDefault(size(100_000_000), 262_144),
    attention_bias: flag(false),
  },
  stack: (config) => {
    const reachAt = windowAt(config, 6);
    const traits = { queryKeyNorm: "per-head", queryKeyValueBias: config.attention_bias, outputBias: config.attention_bias } as const;
    const keysAreValues = config.attention_k_eq_v ?? config.num_global_key_value_heads !== undefined;
    const globalHeads = keysAreValues ? (config.num_global_key_value_heads ?? config.num_key_value_heads) : config.num_key_value_heads;
    const global: GroupedQueryAttention = groupedQueryOf(
      { ...config, head_dim: config.global_head_dim, num_key_value_heads: globalHeads },
      { ...traits, values: keysAreValues ? "keys" : "projected" },
    );
    const hasMixture = config.num_experts > 0;
    const layer = {
      feedForward: hasMixture ? besideDense(config) : gatedMlp(config.intermediate_size),
      hiddenNorms: hasMixture ? 7 : 4,
      otherTensors: [vector("norms", 1), ...perLayerInput(config)],
    };
    return {
      layers: layersOf(config.num_hidden_layers, (index) => {
        const reach = reachAt(index);
        return { attention: reach.reach ? groupedQueryOf(config, { ...traits, ...reach }) : global, ...layer };
      }),
      embeddingExtras: perLayerEmbeddings(config),
    };
  },
});

interface Gemma4Config {
  readonly hidden_size: number;
  readonly intermediate_size: number;
  readonly num_hidden_layers: number;
  readonly num_experts: number;
  readonly top_k_experts: number | undefined;
  readonly num_experts_per_tok: number;
  readonly moe_intermediate_size: number;
  readonly hidden_size_per_layer_input: number;
  readonly vocab_size_per_layer_input: number;
}

/** The dense block that every layer keeps beside its experts works as one shared expert. */
const besideDense = (config: Gemma4Config) =>
  gatedMixture({
    numExperts: config.num_experts,
    numExpertsPerToken: Math.min(config.num_experts, config.top_k_experts ?? config.num_experts_per_tok),
    expertIntermediateSize: config.moe_intermediate_size,
    sharedIntermediateSize: config.intermediate_size,
    routerScales: "hidden-and-experts",
  });

const perLayerInput = ({ hidden_size_per_layer_input: width, hidden_size: hidden }: Gemma4Config): WeightTensor[] =>
  width > 0 ? [matrix("dense", width, hidden), matrix("dense", hidden, width), vector("norms", hidden)] : [];

/** A second embedding holds a slice for every layer; the hidden state is projected into the same slices. */
const perLayerEmbeddings = (config: Gemma4Config): WeightTensor[] => {
  const { hidden_size_per_layer_input: width, hidden_size: hidden } = config;
  if (width === 0) return [];
  const rows = config.num_hidden_layers * width;
  return [
    matrix("embeddings", config.vocab_size_per_layer_input, rows, { split: { by: "vocabulary" }, quantized: false, activeShare: 0 }),
    matrix("dense", rows, hidden, { quantized: false }),
    vector("norms", width),
  ];
};

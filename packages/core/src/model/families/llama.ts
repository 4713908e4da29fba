import type { GroupedQueryAttention } from "../attention/grouped-query.ts";
import type { DenseFeedForward } from "../feed-forward/dense.ts";
import { decoderFields, flag, headFields, orAbsent, size } from "./config-fields.ts";
import { type ModelFamily, modelFamily } from "./model-family.ts";

/** Pre-norm decoders with grouped-query attention and a gated MLP in every layer. */

interface DenseDecoderConfig {
  readonly hidden_size: number;
  readonly intermediate_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly num_key_value_heads: number | undefined;
  readonly head_dim: number | undefined;
}

type AttentionTraits = Partial<Omit<GroupedQueryAttention, "kind">>;

export const groupedQueryOf = (
  config: Omit<DenseDecoderConfig, "intermediate_size">,
  traits: AttentionTraits = {},
): GroupedQueryAttention => ({
  kind: "grouped-query",
  numAttentionHeads: config.num_attention_heads,
  numKeyValueHeads: config.num_key_value_heads ?? config.num_attention_heads,
  headDim: config.head_dim ?? Math.max(1, Math.floor(config.hidden_size / config.num_attention_heads)),
  queryKeyValueBias: false,
  outputBias: false,
  queryKeyNorm: "none",
  ...traits,
});

/** Absent or 0: the whole context. */
export const withinWindow = (tokens: number | null | undefined): Pick<GroupedQueryAttention, "reach"> =>
  tokens ? { reach: { over: "window", tokens } } : {};

export const gatedMlp = (intermediateSize: number, bias = false): DenseFeedForward => ({
  kind: "dense",
  shape: "gated",
  intermediateSize,
  bias,
});

const denseStack = (config: DenseDecoderConfig, traits: AttentionTraits = {}, mlpBias = false) => ({
  layers: [
    {
      count: config.num_hidden_layers,
      attention: groupedQueryOf(config, traits),
      feedForward: gatedMlp(config.intermediate_size, mlpBias),
      hiddenNorms: 2,
    },
  ],
});

const sevenBillion = { hiddenSize: 4096, numHiddenLayers: 32, numAttentionHeads: 32 };

export const llama: ModelFamily = modelFamily({
  modelTypes: ["llama"],
  fields: {
    ...decoderFields({ ...sevenBillion, vocabSize: 32_000, intermediateSize: 11_008, maxPositionEmbeddings: 2048 }),
    ...headFields(),
    attention_bias: flag(false),
    mlp_bias: flag(false),
  },
  stack: (config) => denseStack(config, { queryKeyValueBias: config.attention_bias, outputBias: config.attention_bias }, config.mlp_bias),
});

/** Every layer slides where a window is given; configs since Mistral 7B v0.2 leave it out or set it to null. */
export const mistral: ModelFamily = modelFamily({
  modelTypes: ["mistral"],
  fields: {
    ...decoderFields({ ...sevenBillion, vocabSize: 32_000, intermediateSize: 14_336, maxPositionEmbeddings: 131_072 }),
    ...headFields(),
    num_key_value_heads: orAbsent(size(100_000)).transform((heads) => heads ?? 8),
    sliding_window: orAbsent(size(1_000_000_000)),
  },
  stack: (config) => denseStack(config, withinWindow(config.sliding_window)),
});

export const phi3: ModelFamily = modelFamily({
  modelTypes: ["phi3"],
  fields: {
    ...decoderFields({
      vocabSize: 32_064,
      hiddenSize: 3072,
      intermediateSize: 8192,
      numHiddenLayers: 32,
      numAttentionHeads: 32,
      maxPositionEmbeddings: 4096,
    }),
    ...headFields(),
    sliding_window: orAbsent(size(1_000_000_000)),
  },
  stack: (config) => denseStack(config, withinWindow(config.sliding_window)),
});

/** Biases on query, key and value, whatever the config says. */
export const qwen2: ModelFamily = modelFamily({
  modelTypes: ["qwen2", "qwen2_vl", "qwen2_vl_text", "qwen2_5_vl", "qwen2_5_vl_text"],
  fields: {
    ...decoderFields({ ...sevenBillion, vocabSize: 151_936, intermediateSize: 22_016, maxPositionEmbeddings: 32_768 }),
    ...headFields(),
  },
  stack: (config) => denseStack(config, { queryKeyValueBias: true }),
});

export const qwen3: ModelFamily = modelFamily({
  modelTypes: ["qwen3", "qwen3_vl_text"],
  fields: {
    ...decoderFields({ ...sevenBillion, vocabSize: 151_936, intermediateSize: 22_016, maxPositionEmbeddings: 32_768 }),
    ...headFields(),
    head_dim: orAbsent(size(100_000)).transform((headDim) => headDim ?? 128),
    attention_bias: flag(false),
  },
  stack: (config) =>
    denseStack(config, { queryKeyNorm: "per-head", queryKeyValueBias: config.attention_bias, outputBias: config.attention_bias }),
});

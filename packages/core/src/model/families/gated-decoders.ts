import { z } from "zod";
import type { GroupedQueryAttention } from "../attention/grouped-query.ts";
import { decoderFields, flag, headFields, layerTypes, orAbsent, size, withDefault } from "./config-fields.ts";
import { gatedMlp, groupedQueryOf, withinWindow } from "./llama.ts";
import { type DecoderStack, layersOf, type ModelFamily, modelFamily } from "./model-family.ts";
import { withAliases } from "./plain-stack.ts";

/** Decoders close to Llama's, told by what each does differently. */

interface GatedConfig {
  readonly hidden_size: number;
  readonly intermediate_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly num_key_value_heads: number | undefined;
  readonly head_dim: number | undefined;
}

interface GatedTraits {
  readonly attentionAt?: (index: number) => Partial<Omit<GroupedQueryAttention, "kind">>;
  readonly norms?: number;
  readonly mlpBias?: boolean;
}

const gatedStack = (config: GatedConfig, { attentionAt = () => ({}), norms = 2, mlpBias = false }: GatedTraits = {}): DecoderStack => ({
  layers: layersOf(config.num_hidden_layers, (index) => ({
    attention: groupedQueryOf(config, attentionAt(index)),
    feedForward: gatedMlp(config.intermediate_size, mlpBias),
    hiddenNorms: norms,
  })),
});

const decoder = (sizes: readonly [number, number, number, number, number, number], tieWordEmbeddings = false) => {
  const [vocabSize, hiddenSize, intermediateSize, numHiddenLayers, numAttentionHeads, maxPositionEmbeddings] = sizes;
  return decoderFields({
    vocabSize,
    hiddenSize,
    intermediateSize,
    numHiddenLayers,
    numAttentionHeads,
    maxPositionEmbeddings,
    tieWordEmbeddings,
  });
};

const biases = ({ attention_bias }: { readonly attention_bias: boolean }) => ({
  queryKeyValueBias: attention_bias,
  outputBias: attention_bias,
});

/** Same tensors as Llama under other names. */
export const likeLlama: ModelFamily = modelFamily({
  modelTypes: ["granite", "internlm2", "internlm3", "baichuan", "smollm3", "ernie4_5", "ministral"],
  fields: { ...decoder([32_000, 4096, 11_008, 32, 32, 2048]), ...headFields(), attention_bias: flag(false), mlp_bias: flag(false) },
  stack: (config) => gatedStack(config, { attentionAt: () => biases(config), mlpBias: config.mlp_bias }),
});

/** One norm without bias before both blocks; Command R+ norms each head of queries and keys. */
export const cohere: ModelFamily = modelFamily({
  modelTypes: ["cohere"],
  fields: {
    ...decoder([256_000, 8192, 22_528, 40, 64, 8192], true),
    ...headFields(),
    attention_bias: flag(false),
    use_qk_norm: flag(false),
  },
  stack: (config) =>
    gatedStack(config, { attentionAt: () => ({ ...biases(config), queryKeyNorm: config.use_qk_norm ? "each-head" : "none" }), norms: 1 }),
});

/** Every fourth layer is global, the others slide. */
export const cohere2: ModelFamily = modelFamily({
  modelTypes: ["cohere2"],
  fields: {
    ...decoder([256_000, 8192, 22_528, 40, 64, 8192], true),
    ...headFields(),
    attention_bias: flag(false),
    sliding_window: withDefault(size(1_000_000_000), 4096),
    sliding_window_pattern: withDefault(size(10_000), 4),
    layer_types: layerTypes,
  },
  stack: (config) => {
    const slides = slidingBy(config.layer_types, config.sliding_window_pattern);
    return gatedStack(config, {
      attentionAt: (index) => ({ ...biases(config), ...withinWindow(slides(index) ? config.sliding_window : undefined) }),
      norms: 1,
    });
  },
});

const slidingBy = (types: readonly string[] | undefined, pattern: number) => (index: number) =>
  types ? types[index] === "sliding_attention" : (index + 1) % pattern !== 0;

/** OLMo 1 norms without weights. */
export const olmo: ModelFamily = modelFamily({
  modelTypes: ["olmo"],
  fields: { ...decoder([50_304, 4096, 11_008, 32, 32, 2048]), ...headFields(), attention_bias: flag(false) },
  stack: (config) => ({ ...gatedStack(config, { attentionAt: () => biases(config), norms: 0 }), finalNorms: 0 }),
});

/** OLMo 2 norms whole query and key projections, OLMo 3 also slides in three layers of four. */
export const olmo2: ModelFamily = modelFamily({
  modelTypes: ["olmo2"],
  fields: { ...decoder([50_304, 4096, 11_008, 32, 32, 2048]), ...headFields(), attention_bias: flag(false) },
  stack: (config) => gatedStack(config, { attentionAt: () => ({ ...biases(config), queryKeyNorm: "full" }) }),
});

export const olmo3: ModelFamily = modelFamily({
  modelTypes: ["olmo3"],
  fields: {
    ...decoder([50_304, 4096, 11_008, 32, 32, 2048]),
    ...headFields(),
    attention_bias: flag(false),
    sliding_window: withDefault(size(1_000_000_000), 4096),
    layer_types: layerTypes,
  },
  stack: (config) => {
    const slides = slidingBy(config.layer_types, 4);
    return gatedStack(config, {
      attentionAt: (index) => ({
        ...biases(config),
        queryKeyNorm: "full",
        ...withinWindow(slides(index) ? config.sliding_window : undefined),
      }),
    });
  },
});

/** GLM-4-9B: biases on query, key and value only. GLM-4-0414 has four norms. */
const glmFields = {
  ...decoder([151_552, 4096, 13_696, 40, 32, 131_072]),
  ...headFields({ numKeyValueHeads: 2, headDim: 128 }),
};

export const glm: ModelFamily = modelFamily({
  modelTypes: ["glm"],
  fields: { ...glmFields, attention_bias: flag(true) },
  stack: (config) => gatedStack(config, { attentionAt: () => ({ queryKeyValueBias: config.attention_bias }) }),
});

export const glm4: ModelFamily = modelFamily({
  modelTypes: ["glm4"],
  fields: { ...glmFields, attention_bias: flag(false) },
  stack: (config) => gatedStack(config, { attentionAt: () => ({ queryKeyValueBias: config.attention_bias }), norms: 4 }),
});

/** ChatGLM's own names for GLM's shape; without multi-query every head has its keys. */
export const chatGlm: ModelFamily = withAliases(
  {
    num_layers: "num_hidden_layers",
    padded_vocab_size: "vocab_size",
    ffn_hidden_size: "intermediate_size",
    kv_channels: "head_dim",
    multi_query_group_num: "num_key_value_heads",
    seq_length: "max_position_embeddings",
  },
  modelFamily({
    modelTypes: ["chatglm"],
    fields: {
      ...decoder([65_024, 4096, 13_696, 28, 32, 2048]),
      ...headFields({ numKeyValueHeads: 2, headDim: 128 }),
      multi_query_attention: flag(true),
      add_qkv_bias: flag(true),
      add_bias_linear: flag(false),
    },
    stack: (config) =>
      gatedStack(config.multi_query_attention ? config : { ...config, num_key_value_heads: undefined }, {
        attentionAt: () => ({ queryKeyValueBias: config.add_qkv_bias || config.add_bias_linear, outputBias: config.add_bias_linear }),
        mlpBias: config.add_bias_linear,
      }),
  }),
);

/** Norms each head's queries and keys, and a layer's two outputs in place of its inputs. */
export const exaone4: ModelFamily = modelFamily({
  modelTypes: ["exaone4"],
  fields: {
    ...decoder([102_400, 4096, 16_384, 32, 32, 2048]),
    ...headFields(),
    sliding_window: orAbsent(size(1_000_000_000)),
    sliding_window_pattern: orAbsent(z.union([size(10_000), z.string().max(100)])),
    layer_types: layerTypes,
  },
  stack: (config) => {
    const slides = slidingBy(config.layer_types, 4);
    return gatedStack(config, {
      attentionAt: (index) => ({ queryKeyNorm: "per-head", ...withinWindow(slides(index) ? config.sliding_window : undefined) }),
    });
  },
});

export const seedOss: ModelFamily = modelFamily({
  modelTypes: ["seed_oss"],
  fields: {
    ...decoder([155_136, 4096, 27_648, 64, 80, 524_288]),
    ...headFields({ numKeyValueHeads: 8, headDim: 128 }),
    attention_bias: flag(true),
    attention_out_bias: flag(false),
    mlp_bias: flag(false),
  },
  stack: (config) =>
    gatedStack(config, {
      attentionAt: () => ({ queryKeyValueBias: config.attention_bias, outputBias: config.attention_out_bias }),
      mlpBias: config.mlp_bias,
    }),
});

export const hunYuanDense: ModelFamily = modelFamily({
  modelTypes: ["hunyuan_v1_dense"],
  fields: { ...decoder([290_943, 4096, 11_008, 32, 32, 2048]), ...headFields(), attention_bias: flag(false) },
  stack: (config) => gatedStack(config, { attentionAt: () => ({ ...biases(config), queryKeyNorm: "per-head" }) }),
});

/** Layer norms with biases; the smaller models share one between both blocks. */
export const stableLm: ModelFamily = modelFamily({
  modelTypes: ["stablelm"],
  fields: {
    ...decoder([50_304, 2560, 6912, 32, 32, 4096]),
    ...headFields({ numKeyValueHeads: 32 }),
    use_qkv_bias: flag(false),
    qk_layernorm: flag(false),
    use_parallel_residual: flag(false),
  },
  stack: (config) => ({
    ...gatedStack(config, {
      attentionAt: () => ({ queryKeyValueBias: config.use_qkv_bias, queryKeyNorm: config.qk_layernorm ? "each-head" : "none" }),
      norms: config.use_parallel_residual ? 2 : 4,
    }),
    finalNorms: 2,
  }),
});

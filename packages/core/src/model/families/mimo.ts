import { decoderFields, flag, headFields, orAbsent, perLayer, size, sizeOrNone, withDefault } from "./config-fields.ts";
import { gatedMlp, groupedQueryOf, withinWindow } from "./llama.ts";
import { gatedMixture } from "./mixture.ts";
import { layersOf, type ModelFamily, modelFamily } from "./model-family.ts";

/**
 * MiMo-V2: five sliding layers to a global one, the first global too; sliding layers have twice the key-value heads and sinks.
 * Three draft layers, dense and sliding.
 */
export const mimoV2: ModelFamily = modelFamily({
  modelTypes: ["mimo_v2_flash", "mimo_v2"],
  fields: {
    ...decoderFields({
      vocabSize: 152_576,
      hiddenSize: 4096,
      intermediateSize: 16_384,
      numHiddenLayers: 48,
      numAttentionHeads: 64,
      maxPositionEmbeddings: 262_144,
    }),
    ...headFields({ numKeyValueHeads: 4, headDim: 192 }),
    v_head_dim: withDefault(size(100_000), 128),
    swa_num_attention_heads: orAbsent(size(100_000)),
    swa_num_key_value_heads: orAbsent(size(100_000)),
    swa_head_dim: orAbsent(size(100_000)),
    swa_v_head_dim: orAbsent(size(100_000)),
    sliding_window: withDefault(size(1_000_000_000), 128),
    hybrid_layer_pattern: perLayer(sizeOrNone(1)),
    moe_layer_freq: perLayer(sizeOrNone(1)),
    n_routed_experts: withDefault(size(100_000), 256),
    num_experts_per_tok: withDefault(size(100_000), 8),
    moe_intermediate_size: withDefault(size(), 2048),
    add_swa_attention_sink_bias: flag(true),
    attention_bias: flag(false),
    num_nextn_predict_layers: withDefault(sizeOrNone(100), 3),
  },
  stack: (config) => {
    const biases = { queryKeyValueBias: config.attention_bias };
    const full = groupedQueryOf(config, { ...biases, valueHeadDim: config.v_head_dim });
    const sliding = groupedQueryOf(
      {
        hidden_size: config.hidden_size,
        num_hidden_layers: config.num_hidden_layers,
        num_attention_heads: config.swa_num_attention_heads ?? config.num_attention_heads,
        num_key_value_heads: config.swa_num_key_value_heads ?? 2 * full.numKeyValueHeads,
        head_dim: config.swa_head_dim ?? full.headDim,
      },
      {
        ...biases,
        valueHeadDim: config.swa_v_head_dim ?? config.v_head_dim,
        extras: config.add_swa_attention_sink_bias ? ["sinks"] : [],
        ...withinWindow(config.sliding_window),
      },
    );
    const slides = (index: number) =>
      config.hybrid_layer_pattern ? config.hybrid_layer_pattern[index] === 1 : index !== 0 && (index + 1) % 6 !== 0;
    const isMixture = (index: number) => (config.moe_layer_freq ? config.moe_layer_freq[index] === 1 : index > 0);
    const dense = gatedMlp(config.intermediate_size);
    const mixture = gatedMixture({
      numExperts: config.n_routed_experts,
      numExpertsPerToken: config.num_experts_per_tok,
      expertIntermediateSize: config.moe_intermediate_size,
      routerBias: "fp32",
    });
    const drafts = config.num_nextn_predict_layers;
    return {
      layers: layersOf(config.num_hidden_layers, (index) => ({
        attention: slides(index) ? sliding : full,
        feedForward: isMixture(index) ? mixture : dense,
        hiddenNorms: 2,
      })),
      ...(drafts > 0
        ? { draftLayers: { layer: { count: drafts, attention: sliding, feedForward: dense, hiddenNorms: 2 }, ownVocabulary: false } }
        : {}),
    };
  },
});

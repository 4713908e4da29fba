import { decoderFields, flag, headFields, layerTypes, perLayer, size, sizeOrNone, withDefault } from "./config-fields.ts";
import { gatedMlp, groupedQueryOf } from "./llama.ts";
import { gatedMixture } from "./mixture.ts";
import { layersOf, type ModelFamily, modelFamily } from "./model-family.ts";

/** Every fourth layer sees the whole context without positions, the others the current chunk only. Norms of queries and keys hold no weights. */
export const llama4: ModelFamily = modelFamily({
  modelTypes: ["llama4_text", "llama4"],
  fields: {
    ...decoderFields({
      vocabSize: 202_048,
      hiddenSize: 5120,
      intermediateSize: 8192,
      numHiddenLayers: 48,
      numAttentionHeads: 40,
      maxPositionEmbeddings: 131_072,
    }),
    ...headFields({ numKeyValueHeads: 8, headDim: 128 }),
    intermediate_size_mlp: withDefault(size(), 16_384),
    num_local_experts: withDefault(size(100_000), 16),
    num_experts_per_tok: withDefault(size(100_000), 1),
    interleave_moe_layer_step: withDefault(size(10_000), 1),
    moe_layers: perLayer(sizeOrNone(10_000)),
    attention_chunk_size: withDefault(size(1_000_000_000), 8192),
    no_rope_layers: perLayer(sizeOrNone(1)),
    layer_types: layerTypes,
    attention_bias: flag(false),
  },
  stack: (config) => {
    const isChunked = (index: number) => {
      if (config.layer_types) return config.layer_types[index] === "chunked_attention";
      return config.no_rope_layers?.length ? config.no_rope_layers[index] === 1 : (index + 1) % 4 !== 0;
    };
    const isMixture = (index: number) =>
      config.moe_layers ? config.moe_layers.includes(index) : (index + 1) % config.interleave_moe_layer_step === 0;
    const mixture = gatedMixture({
      numExperts: config.num_local_experts,
      numExpertsPerToken: config.num_experts_per_tok,
      expertIntermediateSize: config.intermediate_size,
      sharedIntermediateSize: config.intermediate_size,
    });
    const biases = { queryKeyValueBias: config.attention_bias, outputBias: config.attention_bias };
    return {
      layers: layersOf(config.num_hidden_layers, (index) => ({
        attention: groupedQueryOf(config, {
          ...biases,
          ...(isChunked(index) ? { reach: { over: "chunk", tokens: config.attention_chunk_size } } : {}),
        }),
        feedForward: isMixture(index) ? mixture : gatedMlp(config.intermediate_size_mlp),
        hiddenNorms: 2,
      })),
    };
  },
});

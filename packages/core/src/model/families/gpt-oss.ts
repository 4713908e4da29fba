import { decoderFields, flag, headFields, layerTypes, orAbsent, size, withDefault } from "./config-fields.ts";
import { groupedQueryOf, withinWindow } from "./llama.ts";
import { gatedMixture } from "./mixture.ts";
import { layersOf, type ModelFamily, modelFamily } from "./model-family.ts";

/** Attention sinks, biases on every projection, experts and router, a sliding window in every second layer. */
export const gptOss: ModelFamily = modelFamily({
  modelTypes: ["gpt_oss"],
  fields: {
    ...decoderFields({
      vocabSize: 201_088,
      hiddenSize: 2880,
      intermediateSize: 2880,
      numHiddenLayers: 36,
      numAttentionHeads: 64,
      maxPositionEmbeddings: 131_072,
    }),
    ...headFields({ numKeyValueHeads: 8, headDim: 64 }),
    attention_bias: flag(true),
    num_local_experts: withDefault(size(100_000), 128),
    num_experts_per_tok: orAbsent(size(100_000)),
    experts_per_token: withDefault(size(100_000), 4),
    sliding_window: withDefault(size(1_000_000_000), 128),
    layer_types: layerTypes,
  },
  stack: (config) => {
    const feedForward = gatedMixture({
      numExperts: config.num_local_experts,
      numExpertsPerToken: config.num_experts_per_tok ?? config.experts_per_token,
      expertIntermediateSize: config.intermediate_size,
      expertBias: true,
      routerBias: "wide",
    });
    const slides = (index: number) => (config.layer_types ? config.layer_types[index] === "sliding_attention" : index % 2 === 0);
    return {
      layers: layersOf(config.num_hidden_layers, (index) => ({
        attention: groupedQueryOf(config, {
          queryKeyValueBias: config.attention_bias,
          outputBias: config.attention_bias,
          extras: ["sinks"],
          ...withinWindow(slides(index) ? config.sliding_window : undefined),
        }),
        feedForward,
        hiddenNorms: 2,
      })),
    };
  },
});

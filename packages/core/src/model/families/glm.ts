import { z } from "zod";
import { decoderFields, flag, headFields, orAbsent, size, sizeOrNone, withDefault } from "./config-fields.ts";
import { gatedMlp, groupedQueryOf } from "./llama.ts";
import { gatedMixture } from "./mixture.ts";
import { layersOf, type ModelFamily, modelFamily } from "./model-family.ts";

/** Since this depth the releases norm queries and keys (GLM-4.5, 4.6, 4.7); the Air models are shallower and do not. */
const layersWithQueryKeyNorm = 92;

/**
 * GLM-4.5 to 4.7. Where a config is silent it is read as the releases are: biases on query, key and value,
 * one multi-token-prediction layer with its own vocabulary.
 */
export const glm4Moe: ModelFamily = modelFamily({
  modelTypes: ["glm4_moe", "glm4v_moe_text"],
  fields: {
    ...decoderFields({
      vocabSize: 151_552,
      hiddenSize: 4096,
      intermediateSize: 10_944,
      numHiddenLayers: 46,
      numAttentionHeads: 96,
      maxPositionEmbeddings: 131_072,
    }),
    ...headFields({ numKeyValueHeads: 8, headDim: 128 }),
    attention_bias: flag(true),
    use_qk_norm: orAbsent(z.boolean({ error: "must be true or false" })),
    n_routed_experts: withDefault(size(100_000), 128),
    n_shared_experts: withDefault(sizeOrNone(1000), 1),
    num_experts_per_tok: withDefault(size(100_000), 8),
    moe_intermediate_size: withDefault(size(), 1408),
    first_k_dense_replace: withDefault(sizeOrNone(10_000), 1),
    num_nextn_predict_layers: withDefault(sizeOrNone(100), 1),
  },
  stack: (config) => {
    const normed = config.use_qk_norm ?? config.num_hidden_layers >= layersWithQueryKeyNorm;
    const attention = groupedQueryOf(config, {
      queryKeyValueBias: config.attention_bias,
      queryKeyNorm: normed ? "per-head" : "none",
    });
    const mixture = gatedMixture({
      numExperts: config.n_routed_experts,
      numExpertsPerToken: config.num_experts_per_tok,
      expertIntermediateSize: config.moe_intermediate_size,
      sharedIntermediateSize: config.n_shared_experts * config.moe_intermediate_size,
      routerBias: "fp32",
    });
    const layer = { attention, feedForward: mixture, hiddenNorms: 2 };
    const drafts = config.num_nextn_predict_layers;
    return {
      layers: layersOf(config.num_hidden_layers, (index) =>
        index < config.first_k_dense_replace ? { ...layer, feedForward: gatedMlp(config.intermediate_size) } : layer,
      ),
      ...(drafts > 0 ? { draftLayers: { layer: { count: drafts, ...layer }, ownVocabulary: true } } : {}),
    };
  },
});

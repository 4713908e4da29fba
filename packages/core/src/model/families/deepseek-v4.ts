import type { CompressedAttention } from "../attention/compressed.ts";
import { matrix, vector, type WeightTensor } from "../weight-tensor.ts";
import { decoderFields, perLayer, size, sizeOrNone, withDefault } from "./config-fields.ts";
import { gatedMixture } from "./mixture.ts";
import { layersOf, type ModelFamily, modelFamily } from "./model-family.ts";

/** Below this ratio an index picks the compressed entries that are read. */
const indexedRatio = 16;

/**
 * Compressed attention and experts in every layer, four residual streams mixed by hyper-connections.
 * The first layers route by a table of tokens in place of a correction; its entries are indices, not parameters.
 */
export const deepSeekV4: ModelFamily = modelFamily({
  modelTypes: ["deepseek_v4"],
  fields: {
    ...decoderFields({
      vocabSize: 129_280,
      hiddenSize: 4096,
      intermediateSize: 2048,
      numHiddenLayers: 43,
      numAttentionHeads: 64,
      maxPositionEmbeddings: 1_048_576,
    }),
    head_dim: withDefault(size(100_000), 512),
    q_lora_rank: withDefault(size(1_000_000), 1024),
    o_lora_rank: withDefault(size(1_000_000), 1024),
    o_groups: withDefault(size(10_000), 8),
    sliding_window: withDefault(size(1_000_000_000), 128),
    compress_ratios: perLayer(sizeOrNone(1_000_000)),
    index_n_heads: withDefault(size(100_000), 64),
    index_head_dim: withDefault(size(100_000), 128),
    index_topk: withDefault(size(1_000_000_000), 512),
    n_routed_experts: withDefault(size(100_000), 256),
    n_shared_experts: withDefault(sizeOrNone(1000), 1),
    num_experts_per_tok: withDefault(size(100_000), 6),
    moe_intermediate_size: withDefault(size(), 2048),
    num_hash_layers: withDefault(sizeOrNone(10_000), 3),
    hc_mult: withDefault(size(1000), 4),
    num_nextn_predict_layers: withDefault(sizeOrNone(100), 1),
  },
  stack: (config) => {
    const attentionAt = (index: number): CompressedAttention => {
      const ratio = config.compress_ratios?.[index] ?? (index < 2 ? 0 : index % 2 === 0 ? 4 : 128);
      const indexer = { heads: config.index_n_heads, headDim: config.index_head_dim, topEntries: config.index_topk };
      return {
        kind: "compressed",
        numAttentionHeads: config.num_attention_heads,
        headDim: config.head_dim,
        qLoraRank: config.q_lora_rank,
        outputLoraRank: config.o_lora_rank,
        outputGroups: config.o_groups,
        slidingWindow: config.sliding_window,
        ...(ratio > 0 ? { compression: ratio < indexedRatio ? { ratio, indexer } : { ratio } } : {}),
      };
    };
    const mixtureAt = (index: number) =>
      gatedMixture({
        numExperts: config.n_routed_experts,
        numExpertsPerToken: config.num_experts_per_tok,
        expertIntermediateSize: config.moe_intermediate_size,
        sharedIntermediateSize: config.n_shared_experts * config.moe_intermediate_size,
        routerBias: index < config.num_hash_layers ? "none" : "fp32",
      });
    const layerAt = (index: number) => ({
      attention: attentionAt(index),
      feedForward: mixtureAt(index),
      hiddenNorms: 2,
      otherTensors: hyperConnections(config),
    });
    const draft = { count: config.num_nextn_predict_layers, ...layerAt(config.num_hidden_layers) };
    return {
      layers: layersOf(config.num_hidden_layers, layerAt),
      headExtras: headConnection(config),
      ...(draft.count > 0
        ? { draftLayers: { layer: draft, ownVocabulary: false, otherTensors: [...draftInput(config), ...headConnection(config)] } }
        : {}),
    };
  },
});

interface Streams {
  readonly hidden_size: number;
  readonly hc_mult: number;
}

const alwaysFp32 = { alwaysFp32: true, split: { by: "replicated" } } as const;

/** For attention and for the experts: a projection of all streams to (2 + streams) · streams weights, their base and three scales. */
const hyperConnections = ({ hidden_size: hidden, hc_mult: streams }: Streams): WeightTensor[] => {
  const mixes = (2 + streams) * streams;
  return [matrix("dense", mixes, streams * hidden, { ...alwaysFp32, copies: 2 }), vector("dense", mixes + 3, { ...alwaysFp32, copies: 2 })];
};

/** The streams are added up before the output head. */
const headConnection = ({ hidden_size: hidden, hc_mult: streams }: Streams): WeightTensor[] => [
  matrix("dense", streams, streams * hidden, alwaysFp32),
  vector("dense", streams + 1, alwaysFp32),
];

const draftInput = ({ hidden_size: hidden }: Streams): WeightTensor[] => [
  matrix("dense", hidden, hidden, { copies: 2, split: { by: "replicated" } }),
  vector("norms", hidden, { copies: 3 }),
];

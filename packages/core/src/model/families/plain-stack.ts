import type { GroupedQueryAttention } from "../attention/grouped-query.ts";
import { matrix } from "../weight-tensor.ts";
import { flag, orAbsent, size, withDefault } from "./config-fields.ts";
import type { DecoderStack, ModelFamily } from "./model-family.ts";

/**
 * Older decoders: layer norms with biases, an MLP of two matrices, positions learned or none. Their configs name the same
 * things differently, so each family reads its own names first and takes those of the others as aliases where transformers does.
 */

interface PlainShape {
  readonly hidden_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly kvHeads?: number;
  readonly intermediateSize: number;
  readonly attentionBiases: Pick<GroupedQueryAttention, "queryKeyValueBias" | "outputBias">;
  readonly mlpBias: boolean;
  /** Norms before the blocks of a layer; each has a bias too, unless it says otherwise. */
  readonly norms: number;
  readonly normVectors?: 1 | 2;
}

export const plainStack = (shape: PlainShape): Pick<Required<DecoderStack>, "layers" | "finalNorms"> => {
  const vectors = shape.normVectors ?? 2;
  const attention: GroupedQueryAttention = {
    kind: "grouped-query",
    numAttentionHeads: shape.num_attention_heads,
    numKeyValueHeads: shape.kvHeads ?? shape.num_attention_heads,
    headDim: Math.max(1, Math.floor(shape.hidden_size / shape.num_attention_heads)),
    queryKeyNorm: "none",
    ...shape.attentionBiases,
  };
  const feedForward = { kind: "dense", shape: "plain", intermediateSize: shape.intermediateSize, bias: shape.mlpBias } as const;
  return {
    layers: [{ count: shape.num_hidden_layers, attention, feedForward, hiddenNorms: shape.norms * vectors }],
    finalNorms: vectors,
  };
};

export const allBiases = { queryKeyValueBias: true, outputBias: true };
export const noBiases = { queryKeyValueBias: false, outputBias: false };
const wholeNumber = {
  hidden: size(1_000_000),
  layers: size(10_000),
  heads: size(100_000),
  vocabulary: size(100_000_000),
  tokens: size(1_000_000_000),
};

/** Learned positions, one row for each. */
export const positions = (rows: number, hiddenSize: number) => [
  matrix("embeddings", rows, hiddenSize, { split: { by: "replicated" }, quantized: false, activeShare: 0 }),
];

interface PlainDefaults {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly numHiddenLayers: number;
  readonly numAttentionHeads: number;
  readonly maxPositionEmbeddings: number;
  readonly tieWordEmbeddings: boolean;
}

/** Fields under their common names, or under those of the family. */
const aliased = (names: Readonly<Record<string, string>>, config: unknown): unknown => {
  if (typeof config !== "object" || config === null) return config;
  const renamed = Object.entries(names).flatMap(([own, common]) => {
    const value = Object.hasOwn(config, own) ? (config as Readonly<Record<string, unknown>>)[own] : undefined;
    return value === undefined || value === null ? [] : [[common, value] as const];
  });
  return { ...config, ...Object.fromEntries(renamed) };
};

/** The errors of a renamed field point at the name that the config used. */
export const withAliases = (names: Readonly<Record<string, string>>, family: ModelFamily): ModelFamily => ({
  modelTypes: family.modelTypes,
  read: (config) => {
    const outcome = family.read(aliased(names, config));
    if (outcome.ok || typeof config !== "object" || config === null) return outcome;
    const ownName = (pointer: string) =>
      Object.entries(names).find(([own, common]) => pointer === `/${common}` && Object.hasOwn(config, own))?.[0];
    return {
      ok: false,
      errors: outcome.errors.map((error) => {
        const own = ownName(error.pointer);
        return own === undefined ? error : { ...error, pointer: `/${own}` };
      }),
    };
  },
});

export const plainFields = (defaults: PlainDefaults) => ({
  vocab_size: withDefault(wholeNumber.vocabulary, defaults.vocabSize),
  hidden_size: withDefault(wholeNumber.hidden, defaults.hiddenSize),
  num_hidden_layers: withDefault(wholeNumber.layers, defaults.numHiddenLayers),
  num_attention_heads: withDefault(wholeNumber.heads, defaults.numAttentionHeads),
  max_position_embeddings: withDefault(wholeNumber.tokens, defaults.maxPositionEmbeddings),
  tie_word_embeddings: flag(defaults.tieWordEmbeddings),
  intermediate_size: orAbsent(size()),
});

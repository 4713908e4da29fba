import { z } from "zod";

const rule = (most: number) => `must be a whole number from 1 to ${most}`;

/** A size in a config: hostile files may hold anything. */
export const size = (most = 10_000_000) =>
  z
    .int({ error: rule(most) })
    .min(1, rule(most))
    .max(most, rule(most));

/** Heads of attention with keys and values of their own; absent: the family's default, or as many as queries have. */
export const headFields = (defaults: { readonly numKeyValueHeads?: number; readonly headDim?: number } = {}) => ({
  num_key_value_heads: orAbsent(size(100_000)).transform((heads) => heads ?? defaults.numKeyValueHeads),
  head_dim: orAbsent(size(100_000)).transform((headDim) => headDim ?? defaults.headDim),
});

/** `null` in a config means the same as leaving the field out. */
export const orAbsent = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? undefined);

export const withDefault = <T>(schema: z.ZodType<T>, fallback: T) => schema.nullish().transform((value) => value ?? fallback);

export const flag = (fallback: boolean) => withDefault(z.boolean({ error: "must be true or false" }), fallback);

const nonNegativeRule = (most: number) => `must be a whole number from 0 to ${most}`;

export const sizeOrNone = (most = 10_000_000) =>
  z
    .int({ error: nonNegativeRule(most) })
    .min(0, nonNegativeRule(most))
    .max(most, nonNegativeRule(most));

/** One entry for each layer. */
export const perLayer = <S extends z.ZodType>(entry: S) =>
  orAbsent(z.array(entry, { error: "must be a list with one entry for each layer" }).max(10_000));

export const layerTypes = perLayer(z.string().max(100));

/** What every decoder's config holds; `defaults` are those of transformers for the model type. */
export const decoderFields = (defaults: {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly numHiddenLayers: number;
  readonly numAttentionHeads: number;
  readonly maxPositionEmbeddings: number;
  readonly tieWordEmbeddings?: boolean;
}) => ({
  vocab_size: withDefault(size(100_000_000), defaults.vocabSize),
  hidden_size: withDefault(size(1_000_000), defaults.hiddenSize),
  intermediate_size: withDefault(size(), defaults.intermediateSize),
  num_hidden_layers: withDefault(size(10_000), defaults.numHiddenLayers),
  num_attention_heads: withDefault(size(100_000), defaults.numAttentionHeads),
  max_position_embeddings: withDefault(size(1_000_000_000), defaults.maxPositionEmbeddings),
  tie_word_embeddings: flag(defaults.tieWordEmbeddings ?? false),
});

import { z } from "zod";

const rule = (most: number) => `must be a whole number from 1 to ${most}`;

/** A size in a config: hostile files may hold anything. */
export const size = (most = 10_000_000) =>
  z
    .int({ error: rule(most) })
    .min(1, rule(most))
    .max(most, rule(most));

/** `null` in a config means the same as leaving the field out. */
export const orAbsent = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? undefined);

export const withDefault = <T>(schema: z.ZodType<T>, fallback: T) => schema.nullish().transform((value) => value ?? fallback);

export const flag = (fallback: boolean) => withDefault(z.boolean({ error: "must be true or false" }), fallback);

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

import { z } from "zod";

export const weightFormats = ["bf16", "fp16", "fp32", "fp8", "int8", "int4", "nvfp4", "mxfp4"] as const;
export const kvCacheFormats = ["bf16", "fp8", "int8", "nvfp4", "fp8-ds-mla"] as const;

export const weightFormat = z.enum(weightFormats, { error: `must be one of ${weightFormats.join(", ")}` });
export const kvCacheFormat = z.enum(kvCacheFormats, { error: `must be one of ${kvCacheFormats.join(", ")}` });

const weightFormatByPart = z.strictObject({
  attention: weightFormat.optional(),
  dense: weightFormat.optional(),
  sharedExperts: weightFormat.optional(),
  routedExperts: weightFormat.optional(),
  embeddings: weightFormat.optional(),
});

/** A single word means linear and expert layers; embeddings, output head, norms and router stay at 16 bits. */
export const precision = z
  .strictObject({
    weights: z
      .union([weightFormat, weightFormatByPart], { error: `must be one of ${weightFormats.join(", ")}, or a format for each part` })
      .optional(),
    kvCache: kvCacheFormat.optional(),
  })
  .describe("How weights and KV cache are stored; absent: what the model's config says.");

const openPrecision = z
  .strictObject({
    ...precision.shape,
    anyOf: z
      .array(weightFormat)
      .min(1, "needs at least one format")
      .max(weightFormats.length)
      .optional()
      .describe("In place of weights: whichever of these formats comes cheapest."),
  })
  .refine(({ weights, anyOf }) => weights === undefined || anyOf === undefined, {
    path: ["anyOf"],
    error: "must not stand beside weights",
  });

export const precisionChoice = z
  .union([openPrecision, z.literal("any")], { error: 'must be a precision, or "any"' })
  .describe("any: whichever comes cheapest of the formats that the publisher has released, none below 8 bits but the model's own.");

export type WeightFormat = z.output<typeof weightFormat>;
export type KvCacheFormat = z.output<typeof kvCacheFormat>;
export type PrecisionRequest = z.output<typeof precision>;
export type PrecisionChoice = z.output<typeof precisionChoice>;

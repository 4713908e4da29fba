import { z } from "zod";

const gibibytes = z.number().describe("GiB");

/** The memory of one accelerator of a replica, by what it is used for. */
export const perAcceleratorMemory = z.strictObject({
  visibleGib: gibibytes,
  budgetGib: gibibytes,
  weightsGib: gibibytes,
  activationGib: gibibytes,
  runtimeGib: gibibytes,
  kvCacheGib: gibibytes,
  freeGib: gibibytes,
});

const elements = z.number();

export const memoryEstimate = z.strictObject({
  parameters: z.strictObject({
    total: elements,
    active: elements,
    checkpointTotal: elements,
    byPart: z.strictObject({
      embeddings: elements,
      attention: elements,
      dense: elements,
      sharedExperts: elements,
      routedExperts: elements,
      router: elements,
      norms: elements,
      head: elements,
      multiTokenPrediction: elements,
      scales: elements,
    }),
  }),
  weightsGib: gibibytes.describe("All weights of one replica that are loaded to serve."),
  perAccelerator: perAcceleratorMemory.optional(),
  kvCache: z
    .strictObject({
      bytesPerTokenPerAccelerator: z.number(),
      fixedBytesPerRequestPerAccelerator: z.number(),
      tokens: z.number(),
      maxConcurrency: z.number(),
    })
    .optional(),
  verdict: z.enum(["fits", "marginal", "does-not-fit"]).optional(),
  reasons: z.array(z.string()),
  interval: z.strictObject({ kvCacheGib: z.tuple([z.number(), z.number()]) }).optional(),
  assumptions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export type PerAcceleratorMemory = z.output<typeof perAcceleratorMemory>;
export type MemoryEstimate = z.output<typeof memoryEstimate>;

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

const verdict = z.enum(["fits", "marginal", "does-not-fit"]);

const layoutInAnswer = z.strictObject({
  tensorParallelSize: z.number(),
  pipelineParallelSize: z.number(),
  dataParallelSize: z.number(),
  expertParallel: z.boolean(),
  contextParallelSize: z.number(),
});

const memoryAnswer = z
  .strictObject({
    maxConcurrency: z.number().optional(),
    maxContextTokens: z.number().optional(),
    minAccelerators: z.number().optional(),
    layout: layoutInAnswer.optional().describe("In which the fewest accelerators suffice."),
    verdict: verdict.optional(),
    accelerators: z
      .array(
        z.strictObject({ id: z.string(), minAccelerators: z.number(), layout: layoutInAnswer.optional(), verdict: verdict.optional() }),
      )
      .optional(),
  })
  .describe("To what solveFor asks; absent where nothing fits.");

const remedy = z.strictObject({
  change: z.string(),
  gibSaved: gibibytes.describe("GiB that one accelerator needs less, or has more."),
  speedCost: z
    .number()
    .optional()
    .describe(
      "Share of the output tokens per second and accelerator that it costs; negative where it is faster; absent where not comparable.",
    ),
  effect: z.string().optional().describe("What it does to the requests, in words."),
  verdict: verdict.describe("With this change alone."),
});

const band = z.tuple([z.number(), z.number()]);

const ruleOfThumb = z
  .record(
    z.string(),
    z.strictObject({
      rule: z.string(),
      gib: gibibytes,
      trueGib: gibibytes,
      offByFactor: z.number().optional().describe("The shortcut over the true figure."),
    }),
  )
  .describe("Common shortcuts beside the true figures.");

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
      bytesPerTokenBand: band.optional().describe("80 % of models of this size; of a sketch that leaves out layers or heads. Else exact."),
      fixedBytesPerRequestPerAccelerator: z.number(),
      tokens: z.number(),
      maxConcurrency: z.number(),
      maxConcurrencyBand: band.optional().describe("80 % of models of this size; of a sketch only."),
    })
    .optional(),
  shares: z
    .strictObject({ weights: z.number(), activation: z.number(), runtime: z.number(), kvCache: z.number(), beyondBudget: z.number() })
    .optional()
    .describe("Of the visible memory."),
  host: z
    .strictObject({ weightsGib: gibibytes, kvCacheGib: gibibytes })
    .optional()
    .describe("Host memory of one replica, where something is kept there."),
  reserved: z
    .strictObject({ memoryGib: gibibytes, maxConcurrencyLost: z.number() })
    .optional()
    .describe("What is kept free on purpose on each accelerator, and what it costs."),
  verdict: verdict.optional(),
  reasons: z.array(z.string()),
  remedies: z.array(remedy).optional(),
  answer: memoryAnswer.optional(),
  interval: z
    .strictObject({
      kvCacheGib: band,
      activationGib: band.optional().describe("Of a sketch only."),
    })
    .optional()
    .describe("80 % bands; those of a sketch hold what its assumed shape may change as well."),
  ruleOfThumb: ruleOfThumb.optional(),
  assumptions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export type PerAcceleratorMemory = z.output<typeof perAcceleratorMemory>;
export type MemoryEstimate = z.output<typeof memoryEstimate>;
export type MemoryAnswer = z.output<typeof memoryAnswer>;
export type Remedy = z.output<typeof remedy>;
export type RuleOfThumb = z.output<typeof ruleOfThumb>;

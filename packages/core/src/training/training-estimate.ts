import { z } from "zod";

const gibibytes = z.number().describe("GiB");
const band = z.tuple([z.number(), z.number()]).describe("80 % of measurements are expected inside.");

const trainingVerdict = z.enum(["fits", "marginal", "does-not-fit"]);

const trainingRemedy = z.strictObject({
  change: z.string(),
  gibSaved: z.number().describe("On each accelerator."),
  speedCost: z.number().optional().describe("Share of the tokens per second that it costs; negative where it is faster."),
  verdict: trainingVerdict.describe("Of the same request with the change, asked again."),
});

export const trainingEstimate = z.strictObject({
  perAccelerator: z.strictObject({
    weightsGib: gibibytes,
    gradientsGib: gibibytes,
    optimizerGib: gibibytes.describe("Moments and F32 master weights."),
    activationGib: gibibytes,
    logitsGib: gibibytes,
    buffersGib: gibibytes,
    totalGib: gibibytes.describe("Peak allocated."),
    reservedGib: gibibytes.describe("Kept free on purpose, beside the total."),
    visibleGib: gibibytes,
  }),
  verdict: trainingVerdict,
  reasons: z.array(z.string()),
  remedies: z.array(trainingRemedy).optional().describe("When it is marginal or does not fit."),
  answer: z
    .strictObject({
      maxMicroBatchSize: z.number().optional(),
      maxSequenceLength: z.number().optional(),
      minAccelerators: z.number().optional(),
    })
    .optional()
    .describe("To solveFor; 0 where nothing fits."),
  stepSeconds: z.number(),
  tokensPerSecondPerAccelerator: z.number(),
  mfu: z.number().describe("Model FLOPs over the datasheet's dense peak of the compute format."),
  acceleratorHours: z.number().optional().describe("Failures and checkpoints included."),
  days: z.number().optional().describe("Failures and checkpoints included."),
  goodput: z
    .strictObject({
      share: z.number().describe("Of the time that goes into steps that are kept."),
      hoursBetweenFailures: z.number(),
      checkpointIntervalMinutes: z.number(),
      checkpointSeconds: z.number(),
    })
    .optional(),
  needs: z.strictObject({
    storageGib: gibibytes.describe("On disk: the model's weights and one checkpoint of what is trained."),
    hostMemoryGib: gibibytes.optional().describe("Of each node: what is offloaded to it."),
  }),
  timeParts: z.record(z.string(), z.number()).describe("Seconds of one step."),
  source: z.enum(["measured", "interpolated", "roofline"]),
  interval: z.strictObject({ tokensPerSecondPerAccelerator: band, totalGib: band }),
  assumptions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export type TrainingEstimate = z.output<typeof trainingEstimate>;

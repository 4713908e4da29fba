import { z } from "zod";

const gibibytes = z.number().describe("GiB");
const band = z.tuple([z.number(), z.number()]).describe("80 % of measurements are expected inside.");

export const trainingEstimate = z.strictObject({
  perAccelerator: z.strictObject({
    weightsGib: gibibytes,
    gradientsGib: gibibytes,
    optimizerGib: gibibytes.describe("Moments and F32 master weights."),
    activationGib: gibibytes,
    logitsGib: gibibytes,
    buffersGib: gibibytes,
    totalGib: gibibytes.describe("Peak allocated."),
    visibleGib: gibibytes,
  }),
  verdict: z.enum(["fits", "marginal", "does-not-fit"]),
  reasons: z.array(z.string()),
  stepSeconds: z.number(),
  tokensPerSecondPerAccelerator: z.number(),
  mfu: z.number().describe("Model FLOPs over the datasheet's dense peak of the compute format."),
  acceleratorHours: z.number().optional(),
  days: z.number().optional(),
  timeParts: z.record(z.string(), z.number()).describe("Seconds of one step."),
  source: z.enum(["measured", "interpolated", "roofline"]),
  interval: z.strictObject({ tokensPerSecondPerAccelerator: band }),
  assumptions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export type TrainingEstimate = z.output<typeof trainingEstimate>;

import { z } from "zod";
import { acceleratorReference } from "./accelerator-reference.ts";
import { engine } from "./engine.ts";
import { count, positive, share, tokenCount } from "./fields.ts";
import { modelReference } from "./model-reference.ts";
import { parallelLayout } from "./parallel-layout.ts";
import { precision } from "./precision.ts";

const workload = z
  .strictObject({
    islTokens: tokenCount,
    oslTokens: tokenCount,
    prefixHitShare: share.optional(),
    concurrency: count(1_000_000).optional().describe("A closed loop of this many clients for each replica."),
    requestRatePerSecond: positive(1e9).optional().describe("An open loop."),
    burstiness: positive(100).optional().describe("Squared coefficient of variation of the gaps between arrivals; 1 is Poisson."),
  })
  .refine((load) => load.concurrency === undefined || load.requestRatePerSecond === undefined, {
    path: ["requestRatePerSecond"],
    message: "stands against concurrency: give at most one of the two",
  });

const pool = z.strictObject({ layout: parallelLayout, replicas: count(100_000) });

export const performanceRequest = z.strictObject({
  model: modelReference,
  precision: precision.optional(),
  layout: parallelLayout.optional(),
  engine: engine.optional(),
  accelerator: acceleratorReference,
  nodeSize: count(1024).optional().describe("Accelerators that share the fast link."),
  workload,
  speculative: z
    .strictObject({ draftTokens: count(32), acceptance: share.describe("Chance that a drafted token is right, given those before it.") })
    .optional()
    .describe("Speculative decoding; drafts cost one layer of the model each, as in multi-token prediction."),
  disaggregated: z
    .strictObject({ prefill: pool, decode: pool })
    .optional()
    .describe("Prompts are read by replicas of their own and their cache is sent on; stands in place of layout."),
});

export type PerformanceRequest = z.output<typeof performanceRequest>;
export type Workload = PerformanceRequest["workload"];

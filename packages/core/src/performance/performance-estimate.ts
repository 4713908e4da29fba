import { z } from "zod";

const statistics = z.strictObject({ mean: z.number(), p50: z.number(), p95: z.number(), p99: z.number() }).describe("Milliseconds.");
const band = z.tuple([z.number(), z.number()]).describe("80 % of measurements are expected inside.");

export const estimateSources = ["measured", "interpolated", "roofline"] as const;

export const performanceEstimate = z.strictObject({
  accelerators: z.int(),
  outputTokensPerSecond: z.number(),
  outputTokensPerSecondPerAccelerator: z.number(),
  totalTokensPerSecondPerAccelerator: z.number(),
  requestsPerSecond: z.number(),
  ttftMs: statistics.nullable().describe("Null where the load is above what the replica can serve: its queue grows without end."),
  tpotMs: statistics,
  itlMs: statistics.describe("Single gaps between the tokens of a stream, in milliseconds."),
  requestLatencyMs: statistics.nullable(),
  maxConcurrency: z.int(),
  bottleneck: z.enum(["memory-bandwidth", "compute", "communication", "kv-capacity", "host", "queueing"]),
  timeParts: z.record(z.string(), z.record(z.string(), z.number())).describe("Milliseconds of one decode step and of one prefill."),
  source: z.enum(estimateSources),
  interval: z.strictObject({ outputTokensPerSecond: band, tpotMs: band }),
  assumptions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export type PerformanceEstimate = z.output<typeof performanceEstimate>;
export type LatencyStatistics = z.output<typeof statistics>;
export type Bottleneck = PerformanceEstimate["bottleneck"];
export type EstimateSource = (typeof estimateSources)[number];

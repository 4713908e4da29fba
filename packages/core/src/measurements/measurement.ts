import { z } from "zod";
import { engine } from "../request/engine.ts";
import { count, positive, tokenCount } from "../request/fields.ts";
import { parallelLayout } from "../request/parallel-layout.ts";
import { precision } from "../request/precision.ts";
import { contentHash } from "../units/index.ts";

/** Programs whose result files are read. */
export const resultFormatNames = ["vllm-bench-serve", "sglang-bench", "guidellm", "aiperf"] as const;

export const resultFormatName = z.enum(resultFormatNames, { error: `must be one of ${resultFormatNames.join(", ")}` });

/** One run of a benchmark against one replica, in Headroom's words. */
export const measurement = z.strictObject({
  model: z.string().max(200).describe("A bundled model's id, or the hash of the config it was described by."),
  accelerator: z.string().max(200),
  engine,
  layout: parallelLayout,
  precision,
  islTokens: tokenCount.describe("Mean over the run."),
  oslTokens: tokenCount.describe("Mean over the run."),
  concurrency: count(1_000_000).optional().describe("Clients of a closed loop; of the two loads exactly one is there."),
  requestRatePerSecond: positive(1e9).optional(),
  ttftMs: positive(1e9).optional().describe("Mean."),
  tpotMs: positive(1e9).optional().describe("Mean time of a token after the first."),
  outputTokensPerSecond: positive(1e9).describe("Of the replica."),
  measuredAt: z.iso.date("must be a date: 2026-07-30").optional(),
  source: resultFormatName,
});

export type Measurement = z.output<typeof measurement>;
export type ResultFormatName = (typeof resultFormatNames)[number];

/** From the content: the same run imported twice is one measurement. */
export const measurementId = (content: Measurement): string => `measurement_${contentHash(content).slice(0, 32)}`;

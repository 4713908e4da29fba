import type { Measurement } from "@headroom/core";

/** A run of one small model on one H100; a test states only what matters to it. */
export const sampleMeasurement = (changes: Partial<Measurement> = {}): Measurement => ({
  model: "meta-llama/Llama-3.1-8B",
  accelerator: "h100-sxm",
  engine: { name: "vllm" },
  layout: {},
  precision: {},
  islTokens: 1000,
  oslTokens: 200,
  concurrency: 16,
  ttftMs: 90,
  tpotMs: 12,
  outputTokensPerSecond: 1200,
  source: "vllm-bench-serve",
  ...changes,
});

import { describe, expect, it } from "vitest";
import type { PerformanceRequest } from "../../request/performance-request.ts";
import { estimatePerformance } from "../estimate-performance.ts";
import { prepareServing } from "../prepare-serving.ts";
import { importMeasurements } from "./import-measurements.ts";
import { recalibrate } from "./recalibrate.ts";

const vllm = {
  model_id: "meta-llama/Llama-3.1-8B",
  max_concurrency: 16,
  request_rate: "inf",
  completed: 100,
  total_input_tokens: 100_000,
  total_output_tokens: 20_000,
  output_throughput: 1500,
  mean_ttft_ms: 90,
  mean_tpot_ms: 9,
};
const { model_id: _, ...shared } = vllm;
const sglang = { backend: "sglang", model: "meta-llama/Llama-3.1-8B", ...shared };
const mean = (value: number) => ({ successful: { mean: value } });
const guideLlm = {
  benchmarks: [
    {
      config: { strategy: { type_: "concurrent", streams: 16 } },
      metrics: {
        prompt_token_count: mean(1000),
        output_token_count: mean(200),
        time_to_first_token_ms: mean(90),
        inter_token_latency_ms: mean(9),
        output_tokens_per_second: mean(1500),
      },
    },
  ],
};
const aiPerf = {
  input_config: { loadgen: { concurrency: 16 }, endpoint: { model_names: ["meta-llama/Llama-3.1-8B"] } },
  time_to_first_token: { avg: 90 },
  inter_token_latency: { avg: 9 },
  output_token_throughput: { avg: 1500 },
  input_sequence_length: { avg: 1000 },
  output_sequence_length: { avg: 200 },
};

describe("results of benchmark clients become measurements", () => {
  it.each([
    { tool: "vllm", text: JSON.stringify(vllm) },
    { tool: "sglang", text: `${JSON.stringify(sglang)}\n` },
    { tool: "guidellm", text: JSON.stringify(guideLlm, undefined, 2) },
    { tool: "aiperf", text: JSON.stringify(aiPerf) },
  ])("$tool", ({ tool, text }) => {
    const read = importMeasurements(text);
    expect(read).toMatchObject({
      ok: true,
      value: [{ tool, islTokens: 1000, oslTokens: 200, concurrency: 16, meanTtftMs: 90, meanTpotMs: 9, outputTokensPerSecond: 1500 }],
    });
    if (read.ok) expect(read.value[0]?.requestRatePerSecond).toBeUndefined();
  });

  it("one result a line", () => {
    const read = importMeasurements([sglang, sglang].map((one) => JSON.stringify(one)).join("\n"));
    expect(read.ok && read.value.length).toBe(2);
  });

  it.each([
    { name: "words", text: "hello" },
    { name: "another document", text: '{"a": 1}' },
    { name: "nothing", text: "" },
    { name: "no lengths", text: '{"model_id": "m", "mean_tpot_ms": 3}' },
  ])("refuses $name", ({ text }) => {
    expect(importMeasurements(text).ok).toBe(false);
  });
});

describe("recalibration", () => {
  const asked = (concurrency: number): PerformanceRequest => ({
    model: { id: "meta-llama/Llama-3.1-8B" },
    accelerator: { id: "h100" },
    workload: { islTokens: 1000, oslTokens: 200, concurrency },
  });
  const estimated = (concurrency: number) => {
    const answer = estimatePerformance(asked(concurrency));
    if (!answer.ok) throw new Error("is answered");
    return answer.value;
  };
  const measuredAt = (concurrency: number, stretch: number) => {
    const prepared = prepareServing(asked(concurrency));
    if (!prepared.ok) throw new Error("is prepared");
    return { prepared: prepared.value, tpotMs: estimated(concurrency).tpotMs.mean * stretch };
  };

  it("measurements that agree with the estimate change nothing", () => {
    const { stretch } = recalibrate([4, 16, 64].map((concurrency) => measuredAt(concurrency, 1)));
    for (const value of Object.values(stretch)) expect(value).toBeCloseTo(1, 2);
  });

  it("more measurements are followed further, and the answer says it was measured", () => {
    const after = [1, 6].map((count) => {
      const recalibration = recalibrate(Array.from({ length: count }, () => measuredAt(16, 1.4)));
      const answer = estimatePerformance(asked(16), recalibration);
      if (!answer.ok) throw new Error("is answered");
      return answer.value;
    });
    const [once, often] = after.map(({ tpotMs }) => tpotMs.mean / estimated(16).tpotMs.mean);
    expect(once).toBeGreaterThan(1.1);
    expect(often).toBeGreaterThan(once ?? 0);
    expect(often).toBeLessThan(1.41);
    expect(after[1]?.source).toBe("measured");
  });
});

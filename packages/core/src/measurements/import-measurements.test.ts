import { describe, expect, it } from "vitest";
import { parseRequest } from "../request/parse-request.ts";
import { importMeasurements } from "./import-measurements.ts";
import { measurementId } from "./measurement.ts";
import { type MeasurementImport, measurementImport } from "./measurement-import.ts";

const vllm = {
  date: "20260729-181500",
  backend: "openai",
  model_id: "meta-llama/Llama-3.1-8B",
  tokenizer_id: "meta-llama/Llama-3.1-8B",
  num_prompts: 200,
  request_rate: "inf",
  burstiness: 1,
  max_concurrency: 32,
  duration: 40,
  completed: 200,
  failed: 0,
  total_input_tokens: 204_800,
  total_output_tokens: 51_200,
  request_throughput: 5,
  output_throughput: 1280,
  mean_ttft_ms: 120.5,
  mean_tpot_ms: 24.25,
  p99_ttft_ms: 400,
};

const sglang = {
  backend: "sglang",
  dataset_name: "random",
  request_rate: 4,
  max_concurrency: null,
  random_input_len: 512,
  random_output_len: 128,
  duration: 50,
  completed: 200,
  total_input_tokens: 102_400,
  total_output_tokens: 25_600,
  total_output_tokens_retokenized: 25_590,
  request_throughput: 3.9,
  output_throughput: 500,
  mean_ttft_ms: 60,
  mean_tpot_ms: 12,
  accept_length: null,
};

const guidellmRun = (strategy: Record<string, unknown>, changes: Record<string, unknown> = {}) => ({
  config: { strategy },
  start_time: 1_785_400_000,
  metrics: {
    request_totals: { successful: 100, errored: 0, incomplete: 3, total: 103 },
    request_concurrency: { successful: { mean: 15.6 } },
    prompt_token_count: { successful: { mean: 255.9 } },
    output_token_count: { successful: { mean: 128.2 } },
    output_tokens_per_second: { successful: { mean: 900 } },
    time_to_first_token_ms: { successful: { mean: 45 } },
    inter_token_latency_ms: { successful: { mean: 9.5 } },
    time_per_output_token_ms: { successful: { mean: 9.9 } },
    ...changes,
  },
});

const aiperf = {
  aiperf_version: "0.5.0",
  input_config: { endpoint: { model_names: ["llama"] }, loadgen: { concurrency: 8, request_count: 80 } },
  start_time: "2026-07-29T10:00:00.123456",
  was_cancelled: false,
  request_count: { unit: "requests", avg: 80 },
  request_throughput: { unit: "requests/sec", avg: 2 },
  output_token_throughput: { unit: "tokens/sec", avg: 400 },
  input_sequence_length: { unit: "tokens", avg: 550 },
  output_sequence_length: { unit: "tokens", avg: 200 },
  time_to_first_token: { unit: "ms", avg: 80, p99: 200 },
  inter_token_latency: { unit: "ms", avg: 18 },
};

const request = (changes: Partial<MeasurementImport>): MeasurementImport => ({
  model: { id: "llama-3.1-8b" },
  accelerator: { id: "h100" },
  ...changes,
});

const read = (changes: Partial<MeasurementImport>) => {
  const outcome = importMeasurements(request(changes));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

const refusals = (changes: Partial<MeasurementImport>) => {
  const outcome = importMeasurements(request(changes));
  return outcome.ok ? [] : outcome.errors;
};

const replica = { model: "meta-llama/Llama-3.1-8B", accelerator: "h100-sxm", layout: {}, precision: {} };

describe("reading a result file", () => {
  it("takes a run of vllm bench serve", () => {
    expect(read({ result: vllm })).toEqual({
      measurements: [
        {
          ...replica,
          engine: { name: "vllm" },
          islTokens: 1024,
          oslTokens: 256,
          concurrency: 32,
          ttftMs: 120.5,
          tpotMs: 24.25,
          outputTokensPerSecond: 1280,
          measuredAt: "2026-07-29",
          source: "vllm-bench-serve",
        },
      ],
      refused: [],
    });
  });

  it("takes each line of SGLang's, in Python's own JSON", () => {
    const closed = JSON.stringify({ ...sglang, max_concurrency: 16 }).replace('"request_rate":4', '"request_rate": Infinity');
    const { measurements } = read({ text: `${JSON.stringify(sglang)}\n${closed}\n` });
    expect(measurements).toEqual([
      {
        ...replica,
        engine: { name: "sglang" },
        islTokens: 512,
        oslTokens: 128,
        requestRatePerSecond: 4,
        ttftMs: 60,
        tpotMs: 12,
        outputTokensPerSecond: 500,
        source: "sglang-bench",
      },
      expect.objectContaining({ concurrency: 16 }),
    ]);
    expect(measurements[1]).not.toHaveProperty("requestRatePerSecond");
  });

  it("takes each strategy of a GuideLLM sweep, with the time of a token after the first", () => {
    const strategies = [
      { type_: "synchronous" },
      { type_: "concurrent", streams: 8 },
      { type_: "throughput", max_concurrency: null },
      { type_: "constant", rate: 2.5 },
    ];
    const { measurements } = read({ result: { benchmarks: strategies.map((strategy) => guidellmRun(strategy)) } });
    expect(measurements[0]).toEqual({
      ...replica,
      engine: { name: "vllm" },
      islTokens: 256,
      oslTokens: 128,
      concurrency: 1,
      ttftMs: 45,
      tpotMs: 9.5,
      outputTokensPerSecond: 900,
      measuredAt: "2026-07-30",
      source: "guidellm",
    });
    expect(measurements.map(({ concurrency, requestRatePerSecond }) => concurrency ?? requestRatePerSecond)).toEqual([1, 8, 16, 2.5]);
  });

  it("takes an export of AIPerf, of its first releases too", () => {
    const { input_config, start_time, time_to_first_token: ttft, ...metrics } = aiperf;
    const nested = { input_config, start_time, records: { ...metrics, ttft } };
    for (const result of [aiperf, nested]) {
      expect(read({ result }).measurements).toEqual([
        {
          ...replica,
          engine: { name: "vllm" },
          islTokens: 550,
          oslTokens: 200,
          concurrency: 8,
          ttftMs: 80,
          tpotMs: 18,
          outputTokensPerSecond: 400,
          measuredAt: "2026-07-29",
          source: "aiperf",
        },
      ]);
    }
  });

  it.each([
    { name: "the limit on clients", fields: { request_rate: "inf", max_concurrency: 32 }, load: { concurrency: 32 } },
    { name: "the rate", fields: { request_rate: 5, max_concurrency: null }, load: { requestRatePerSecond: 5 } },
    { name: "the rate that was kept up with", fields: { request_rate: 5, max_concurrency: 64 }, load: { requestRatePerSecond: 5 } },
    { name: "the limit that held the rate back", fields: { request_rate: 9, max_concurrency: 64 }, load: { concurrency: 64 } },
    { name: "every request at once", fields: { request_rate: "inf", max_concurrency: null }, load: { concurrency: 200 } },
  ])("knows the load by $name", ({ fields, load }) => {
    const [run] = read({ result: { ...vllm, ...fields } }).measurements;
    expect({ concurrency: run?.concurrency, requestRatePerSecond: run?.requestRatePerSecond }).toEqual({
      concurrency: undefined,
      requestRatePerSecond: undefined,
      ...load,
    });
  });

  it("leaves out the TTFT of requests that were all sent at once, and the TPOT of answers of one token", () => {
    const [run] = read({ result: { ...vllm, request_rate: "inf", max_concurrency: null, mean_tpot_ms: 0 } }).measurements;
    expect(Object.keys(run ?? {})).not.toEqual(expect.arrayContaining(["ttftMs"]));
    expect(Object.keys(run ?? {})).not.toEqual(expect.arrayContaining(["tpotMs"]));
  });

  it("believes the request before the file", () => {
    const engine = { name: "tensorrt-llm", version: "1.2" } as const;
    const layout = { tensorParallelSize: 2 };
    const [run] = read({
      result: vllm,
      engine,
      layout,
      workload: { islTokens: 900, requestRatePerSecond: 3 },
      measuredAt: "2026-07-01",
    }).measurements;
    expect(run).toMatchObject({ engine, layout, islTokens: 900, oslTokens: 256, requestRatePerSecond: 3, measuredAt: "2026-07-01" });
    expect(run).not.toHaveProperty("concurrency");
  });

  it("keeps what can be compared and says why the rest cannot", () => {
    const bad = { ...vllm, failed: 50 };
    const { measurements, refused } = read({
      result: [vllm, bad, { ...sglang, accept_length: 2.6 }, { ...sglang, output_throughput: "fast" }, 7],
    });
    expect(measurements).toHaveLength(1);
    expect(refused.map(({ row, errors }) => [row, errors[0]?.pointer])).toEqual([
      [2, "/result/1/failed"],
      [3, "/result/2/accept_length"],
      [4, "/result/3/output_throughput"],
      [5, "/result/4"],
    ]);
    expect(refused[0]?.errors[0]?.detail).toBe("are 50 of 250 requests: at most 5 % may fail for the rest to count");
  });

  it.each([
    { name: "an unknown accelerator", changes: { result: vllm, accelerator: { id: "h999" } }, pointer: "/accelerator/id" },
    { name: "an unknown model", changes: { result: vllm, model: { id: "x" } }, pointer: "/model/id" },
    {
      name: "a layout that cannot be",
      changes: { result: vllm, layout: { tensorParallelSize: 5 } },
      pointer: "/layout/tensorParallelSize",
    },
    { name: "a file of something else", changes: { result: { hello: 1 } }, pointer: "/result" },
    {
      name: "a file of another format than said",
      changes: { result: vllm, format: "aiperf" as const },
      pointer: "/result/output_token_throughput",
    },
    { name: "text that is no JSON", changes: { text: "hello" }, pointer: "/text" },
    { name: "a line that is no JSON", changes: { text: `${JSON.stringify(sglang)}\noops` }, pointer: "/text" },
    { name: "more runs than are taken at once", changes: { result: Array.from({ length: 2001 }, () => vllm) }, pointer: "/result" },
    { name: "an empty list", changes: { result: [] }, pointer: "/result" },
    { name: "a run whose load nobody says", changes: { result: { ...aiperf, input_config: {} } }, pointer: "/workload" },
    { name: "a run that was cancelled", changes: { result: { ...aiperf, was_cancelled: true } }, pointer: "/result/was_cancelled" },
    {
      name: "seconds in the place of milliseconds",
      changes: { result: { ...aiperf, inter_token_latency: { unit: "sec", avg: 1 } } },
      pointer: "/result/inter_token_latency/unit",
    },
    { name: "a run without an answer", changes: { result: { ...vllm, completed: 0 } }, pointer: "/result/completed" },
    {
      name: "a load that has no equal",
      changes: { result: { benchmarks: [guidellmRun({ type_: "replay" })] } },
      pointer: "/result/benchmarks/0/config/strategy/type_",
    },
    { name: "more tokens than there can be", changes: { result: { ...vllm, total_input_tokens: 1e12 } }, pointer: "/result/islTokens" },
  ])("refuses $name by its field", ({ changes, pointer }) => {
    expect(refusals(changes).map((error) => error.pointer)).toContain(pointer);
  });

  it.each([
    { name: "quotes", text: `NaN "${'\\"'.repeat(4_000_000)}` },
    { name: "blanks", text: `[NaN,${" ".repeat(8_000_000)}x` },
    { name: "lines", text: "x\n".repeat(4_000_000) },
    { name: "commas", text: `NaN${",".repeat(8_000_000)}` },
  ])("is not held up by a text of $name", ({ text }) => {
    const started = performance.now();
    expect(refusals({ text })).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

it("a run is the same measurement whether its layout was spelt out or not", () => {
  expect(read({ result: vllm, layout: { tensorParallelSize: 1 } })).toEqual(read({ result: vllm }));
});

describe("the request to import", () => {
  it.each([
    { name: "no content", body: {}, pointer: "/result" },
    { name: "both forms of it", body: { result: {}, text: "{}" }, pointer: "/result" },
    { name: "an unknown field", body: { result: {}, colour: "red" }, pointer: "/colour" },
    {
      name: "two loads",
      body: { result: {}, workload: { concurrency: 1, requestRatePerSecond: 1 } },
      pointer: "/workload/requestRatePerSecond",
    },
  ])("is refused with $name", ({ body, pointer }) => {
    const parsed = parseRequest(measurementImport, { model: { id: "x" }, accelerator: { id: "y" }, ...body });
    expect(parsed.ok ? [] : parsed.errors.map((error) => error.pointer)).toEqual([pointer]);
  });
});

it("a measurement's id is its content's, in whatever order of fields", () => {
  const [run] = read({ result: vllm }).measurements;
  if (!run) throw new Error("it was read");
  const reversed = Object.fromEntries(Object.entries(run).toReversed()) as typeof run;
  expect(measurementId(reversed)).toBe(measurementId(run));
  expect(measurementId({ ...run, tpotMs: 1 })).not.toBe(measurementId(run));
});

it("a model that is described is known by its description, not by its name", () => {
  const config = {
    model_type: "llama",
    hidden_size: 512,
    num_hidden_layers: 2,
    num_attention_heads: 8,
    intermediate_size: 1024,
    vocab_size: 1000,
  };
  const keyOf = (model: MeasurementImport["model"]) => read({ result: vllm, model }).measurements[0]?.model;
  expect(keyOf({ config, id: "a" })).toMatch(/^config:[0-9a-f]{64}$/);
  expect(keyOf({ config, id: "a" })).toBe(keyOf({ config }));
  expect(keyOf({ config: { ...config, num_hidden_layers: 3 } })).not.toBe(keyOf({ config }));
});

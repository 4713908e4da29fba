import type { ServingMeasurement } from "./measurement.ts";
import { numberAt, textAt, valueAt } from "./read-number.ts";

/** Undefined: the document is not of this tool. */
type Reader = (document: unknown) => readonly Partial<ServingMeasurement>[] | undefined;

const perRequest = (document: unknown, total: string): number | undefined => {
  const [tokens, requests] = [numberAt(document, total), numberAt(document, "completed")];
  return tokens !== undefined && requests ? tokens / requests : undefined;
};

/** Both benchmark clients descend from one script and share its fields. */
const sharedFields = (document: unknown): Partial<ServingMeasurement> => ({
  islTokens: perRequest(document, "total_input_tokens") ?? numberAt(document, "random_input_len"),
  oslTokens: perRequest(document, "total_output_tokens") ?? numberAt(document, "random_output_len"),
  concurrency: numberAt(document, "max_concurrency"),
  requestRatePerSecond: numberAt(document, "request_rate"),
  requests: numberAt(document, "completed"),
  meanTtftMs: numberAt(document, "mean_ttft_ms"),
  meanTpotMs: numberAt(document, "mean_tpot_ms"),
  outputTokensPerSecond: numberAt(document, "output_throughput"),
});

/** `vllm bench serve --save-result`: one JSON object. */
const vllm: Reader = (document) =>
  numberAt(document, "mean_tpot_ms") === undefined || textAt(document, "model_id") === undefined
    ? undefined
    : [{ tool: "vllm", modelId: textAt(document, "model_id"), ...sharedFields(document) }];

/** `python -m sglang.bench_serving --output-file`: one object a line. */
const sglang: Reader = (document) =>
  numberAt(document, "mean_tpot_ms") === undefined || textAt(document, "backend") === undefined
    ? undefined
    : [{ tool: "sglang", modelId: textAt(document, "model") ?? textAt(document, "server_info", "model_path"), ...sharedFields(document) }];

/** GuideLLM's report: a list of benchmarks, each with distributions over its successful requests. */
const guideLlm: Reader = (document) => {
  const benchmarks = valueAt(document, "benchmarks");
  if (!Array.isArray(benchmarks)) return undefined;
  return benchmarks.map((benchmark: unknown) => {
    const mean = (name: string) => numberAt(benchmark, "metrics", name, "successful", "mean");
    const strategy = valueAt(benchmark, "config", "strategy") ?? valueAt(benchmark, "args", "strategy");
    const rate = numberAt(strategy, "rate");
    return {
      tool: "guidellm",
      modelId: textAt(benchmark, "config", "backend", "model") ?? textAt(benchmark, "worker", "backend_model"),
      islTokens: mean("prompt_token_count"),
      oslTokens: mean("output_token_count"),
      concurrency: numberAt(strategy, "streams") ?? (rate === undefined ? mean("request_concurrency") : undefined),
      requestRatePerSecond: rate,
      requests: numberAt(benchmark, "metrics", "request_totals", "successful"),
      meanTtftMs: mean("time_to_first_token_ms"),
      meanTpotMs: mean("inter_token_latency_ms") ?? mean("time_per_output_token_ms"),
      outputTokensPerSecond: mean("output_tokens_per_second"),
    };
  });
};

/** NVIDIA AIPerf's `profile_export_aiperf.json`; older ones keep the metrics under `records`. */
const aiPerf: Reader = (document) => {
  const metrics = valueAt(document, "records") ?? document;
  if (valueAt(metrics, "time_to_first_token", "avg") === undefined) return undefined;
  const average = (name: string) => numberAt(metrics, name, "avg");
  const models = valueAt(document, "input_config", "endpoint", "model_names");
  return [
    {
      tool: "aiperf",
      modelId: Array.isArray(models) && typeof models[0] === "string" ? models[0] : undefined,
      islTokens: average("input_sequence_length"),
      oslTokens: average("output_sequence_length"),
      concurrency: numberAt(document, "input_config", "loadgen", "concurrency"),
      requestRatePerSecond: numberAt(document, "input_config", "loadgen", "request_rate"),
      requests: average("request_count"),
      meanTtftMs: average("time_to_first_token"),
      meanTpotMs: average("inter_token_latency"),
      outputTokensPerSecond: average("output_token_throughput"),
    },
  ];
};

/** The first that knows a document reads it. */
export const measurementReaders: readonly Reader[] = [guideLlm, aiPerf, vllm, sglang];

import { z } from "zod";
import { notNegative, positive } from "../../request/fields.ts";
import { parseRequest } from "../../request/parse-request.ts";
import { type Outcome, refuse, succeed, under } from "../../units/index.ts";
import type { BenchmarkRun, ResultFormat } from "./result-format.ts";
import { checkFailures, figure, figureOf, loadOf, requestRate } from "./run-fields.ts";

const average = z.looseObject({ avg: positive(1e12) });
const milliseconds = z.looseObject({ unit: z.literal("ms", { error: 'must be "ms"' }).optional(), avg: figure });
const counted = z.looseObject({ avg: notNegative() });

/** Release 0.1 called the time to the first token `ttft`. */
const records = z.looseObject({
  request_throughput: average.optional(),
  output_token_throughput: average,
  input_sequence_length: average,
  output_sequence_length: average,
  time_to_first_token: milliseconds.optional(),
  ttft: milliseconds.optional(),
  inter_token_latency: milliseconds.optional(),
  request_count: counted.optional(),
  error_request_count: counted.optional(),
});

const run = z.looseObject({
  input_config: z.looseObject({ loadgen: z.looseObject({ concurrency: figure, request_rate: requestRate }).nullish() }).nullish(),
  was_cancelled: z.boolean().nullish(),
  start_time: z.string().max(100).nullish(),
});

/** NVIDIA AIPerf's profile_export_aiperf.json: metrics at its top, or under `records` in its first releases. */
export const aiperf: ResultFormat = {
  name: "aiperf",
  usualEngine: "vllm",
  recognises: (document) => "input_config" in document && ("output_token_throughput" in document || "records" in document),
  runsOf: (document) => [readExport(document)],
};

/** Its inter-token latency is of a whole request: (latency − TTFT) / (tokens − 1), which is the TPOT. */
const readExport = (document: unknown): Outcome<BenchmarkRun> => {
  const parsed = parseRequest(run, document);
  if (!parsed.ok) return parsed;
  const { input_config: config, was_cancelled: cancelled, start_time: startedAt, ...rest } = parsed.value;
  if (cancelled) return refuse("/was_cancelled", "is true: a run that was cancelled is not compared");
  const nested = rest.records !== undefined;
  const metrics = under(nested ? "/records" : "", parseRequest(records, nested ? rest.records : rest));
  if (!metrics.ok) return metrics;
  const { request_count: completed, error_request_count: failed, request_throughput: answered } = metrics.value;
  const checked = checkFailures("/error_request_count", { completed: completed?.avg ?? 1, failed: failed?.avg ?? 0 });
  if (!checked.ok) return checked;
  const { concurrency: limit, request_rate: rate } = config?.loadgen ?? {};
  return succeed({
    ...loadOf({ limit, rate, answeredPerSecond: answered?.avg }),
    islTokens: metrics.value.input_sequence_length.avg,
    oslTokens: metrics.value.output_sequence_length.avg,
    ttftMs: figureOf((metrics.value.time_to_first_token ?? metrics.value.ttft)?.avg),
    tpotMs: figureOf(metrics.value.inter_token_latency?.avg),
    outputTokensPerSecond: metrics.value.output_token_throughput.avg,
    measuredAt: startedAt?.match(/^\d{4}-\d{2}-\d{2}/)?.[0],
  });
};

import { z } from "zod";
import { positive } from "../../request/fields.ts";
import { parseRequest } from "../../request/parse-request.ts";
import { type Outcome, refuse, succeed, under } from "../../units/index.ts";
import type { BenchmarkRun, ResultFormat, RunLoad } from "./result-format.ts";
import { checkFailures, figure, figureOf } from "./run-fields.ts";

const file = z.looseObject({ benchmarks: z.array(z.unknown(), { error: "must be the list of runs" }).max(10_000) });

const meanOf = (value: z.ZodType<number>) => z.looseObject({ successful: z.looseObject({ mean: value }) });

const strategy = z.looseObject({
  type_: z.string().max(200),
  streams: figure,
  max_concurrency: figure,
  rate: figure,
});
const settings = z.looseObject({ strategy: strategy.optional() }).optional();
const counted = z.looseObject({ successful: figure, errored: figure });

const benchmark = z.looseObject({
  args: settings,
  config: settings,
  start_time: figure,
  request_totals: counted.optional(),
  metrics: z.looseObject({
    request_totals: counted.optional(),
    prompt_token_count: meanOf(positive(1e9)),
    output_token_count: meanOf(positive(1e9)),
    output_tokens_per_second: meanOf(positive(1e9)),
    request_concurrency: meanOf(positive(1e9)),
    time_to_first_token_ms: z.looseObject({ successful: z.looseObject({ mean: figure }) }).optional(),
    inter_token_latency_ms: z.looseObject({ successful: z.looseObject({ mean: figure }) }).optional(),
  }),
});

type Benchmark = z.output<typeof benchmark>;

/** GuideLLM's benchmarks.json: one entry for each strategy of a sweep. */
export const guidellm: ResultFormat = {
  name: "guidellm",
  usualEngine: "vllm",
  recognises: (document) => Array.isArray(document.benchmarks),
  runsOf: (document) => {
    const parsed = parseRequest(file, document);
    if (!parsed.ok) return [parsed];
    return parsed.value.benchmarks.map((entry, index) => under(`/benchmarks/${index}`, readBenchmark(entry)));
  },
};

/** Its time per output token counts the first token too; its inter-token latency is the time of a token after the first. */
const readBenchmark = (entry: unknown): Outcome<BenchmarkRun> => {
  const parsed = parseRequest(benchmark, entry);
  if (!parsed.ok) return parsed;
  const { metrics, start_time: startedAt, request_totals: totals = metrics.request_totals } = parsed.value;
  const answered = checkFailures("/request_totals/errored", { completed: totals?.successful ?? 1, failed: totals?.errored ?? 0 });
  if (!answered.ok) return answered;
  const load = loadOfStrategy(parsed.value);
  if (!load.ok) return load;
  return succeed({
    ...load.value,
    islTokens: metrics.prompt_token_count.successful.mean,
    oslTokens: metrics.output_token_count.successful.mean,
    ttftMs: figureOf(metrics.time_to_first_token_ms?.successful.mean),
    tpotMs: figureOf(metrics.inter_token_latency_ms?.successful.mean),
    outputTokensPerSecond: metrics.output_tokens_per_second.successful.mean,
    measuredAt: dayOf(startedAt),
  });
};

/** Without a strategy that is known, the concurrency that was seen stands in. */
const loadOfStrategy = ({ args, config, metrics }: Benchmark): Outcome<RunLoad> => {
  const seen = metrics.request_concurrency.successful.mean;
  const { type_: kind, streams, max_concurrency: limit, rate } = config?.strategy ?? args?.strategy ?? { type_: "concurrent" };
  switch (kind) {
    case "synchronous":
      return succeed({ concurrency: 1 });
    case "concurrent":
      return succeed({ concurrency: streams || seen });
    case "throughput":
      return succeed({ concurrency: limit || seen });
    case "constant":
    case "poisson":
    case "async":
      return succeed(rate ? { requestRatePerSecond: rate } : { concurrency: seen });
    default:
      return refuse(
        "/config/strategy/type_",
        `"${kind}" is no load that can be compared: synchronous, concurrent, throughput, constant or poisson`,
      );
  }
};

/** The end of the year 9999 in seconds, beyond which an instant is written in a longer form. */
const latestTime = 253_402_300_799;

const dayOf = (startedAt: number | null | undefined): string | undefined =>
  startedAt && startedAt <= latestTime ? new Date(startedAt * 1000).toISOString().slice(0, 10) : undefined;

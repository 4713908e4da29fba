import { z } from "zod";
import type { EngineName } from "../../request/engine.ts";
import { positive } from "../../request/fields.ts";
import { parseRequest } from "../../request/parse-request.ts";
import { type Outcome, succeed } from "../../units/index.ts";
import type { BenchmarkRun } from "./result-format.ts";
import { checkFailures, figure, figureOf, loadOf, requestRate } from "./run-fields.ts";

const tokens = positive(1e15);

/** The fields that the serving benchmarks of vLLM and SGLang share: both grew out of one script. */
const servingScript = z.looseObject({
  request_rate: requestRate,
  max_concurrency: figure,
  completed: z.int({ error: "must be how many requests were answered" }).min(0).max(1e9),
  failed: figure,
  total_input_tokens: tokens,
  total_output_tokens: tokens,
  request_throughput: figure,
  output_throughput: positive(1e9),
  mean_ttft_ms: figure,
  mean_tpot_ms: figure,
});

export interface ScriptRun {
  readonly engineName: EngineName | undefined;
  readonly measuredAt?: string | undefined;
}

/**
 * One result of such a script. Without a rate and without a limit every request is sent at once: as many clients as
 * requests, and a mean TTFT that is a queue's and no steady state's, so it is left out.
 */
export const readServingScript = (document: unknown, run: ScriptRun): Outcome<BenchmarkRun> => {
  const parsed = parseRequest(servingScript, document);
  if (!parsed.ok) return parsed;
  const { completed, failed, max_concurrency: limit, request_rate: rate, ...result } = parsed.value;
  const answered = checkFailures(failed ? "/failed" : "/completed", { completed, failed: failed ?? 0 });
  if (!answered.ok) return answered;
  const atOnce = !limit && (rate === undefined || rate === null || rate === "inf");
  const load = atOnce ? { concurrency: completed } : loadOf({ limit, rate, answeredPerSecond: result.request_throughput });
  return succeed({
    ...run,
    ...load,
    islTokens: result.total_input_tokens / completed,
    oslTokens: result.total_output_tokens / completed,
    ttftMs: atOnce ? undefined : figureOf(result.mean_ttft_ms),
    tpotMs: figureOf(result.mean_tpot_ms),
    outputTokensPerSecond: result.output_throughput,
  });
};

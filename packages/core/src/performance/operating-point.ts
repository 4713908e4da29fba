import { type RequestsPerSecond, requestsPerSecond, type Seconds, seconds } from "../units/index.ts";
import { normalQuantile, waitQuantile } from "./percentile.ts";
import type { ServingSite } from "./serving-site.ts";
import { decodeStep, ridingPrefill, type StepParts, soloPrefill, sumOfParts } from "./step-time.ts";

/** What one request brings and takes. */
export interface RequestShape {
  readonly islTokens: number;
  readonly oslTokens: number;
  readonly prefixHitShare: number;
}

/** A replica in steady state with `running` requests in flight on it. */
export interface OperatingPoint {
  readonly running: number;
  readonly requestRate: RequestsPerSecond;
  readonly decode: StepParts;
  readonly prefill: StepParts;
  /** Between two tokens of one request: a decode step and the prompts that ride on it. */
  readonly tpotSeconds: Seconds;
  readonly prefillInterferenceSeconds: Seconds;
  /** From arrival to first token, without waiting for other prompts. */
  readonly promptSeconds: Seconds;
  /** Mean wait behind other prompts. */
  readonly meanWaitSeconds: Seconds;
  /** Share of time that reading prompts keeps a data rank busy. */
  readonly prefillBusy: number;
}

/**
 * Continuous batching in balance: each request stays for its prompt and oslTokens steps, so of `running` requests
 * running / oslTokens begin in each step and their prompts lengthen it.
 *
 *   tpot = decode(running) + running / (dp · osl) · prompt
 *   rate = running / (promptTime + wait + (osl − 1) · tpot)                         Little
 *   wait = busy / (1 − busy) · (prompt + decode) · (c² + 0) / 2                     Kingman, equal prompts
 */
export const operatingPoint = (site: ServingSite, shape: RequestShape, running: number, burstiness = 1): OperatingPoint => {
  const { coefficients, replica } = site;
  const { dataParallelSize } = replica.layout;
  const newTokens = Math.max(1, Math.round(shape.islTokens * (1 - shape.prefixHitShare)));
  const decode = decodeStep(site, running, shape.islTokens + shape.oslTokens / 2);
  const decodeSeconds = sumOfParts(decode);
  const riding = sumOfParts(ridingPrefill(site, newTokens));
  const prefill = soloPrefill(site, newTokens);
  const startsPerStep = running / (dataParallelSize * shape.oslTokens);
  const interference = startsPerStep * riding;
  const tpot = decodeSeconds + interference;
  const steps = Math.ceil(newTokens / replica.engine.maxNumBatchedTokens);
  const prompt = coefficients.perRequest + tpot / 2 + Math.max(sumOfParts(prefill), riding + steps * decodeSeconds);
  const decoding = (shape.oslTokens - 1) * tpot;
  const busy = Math.min(0.99, ((running / (prompt + decoding)) * riding) / dataParallelSize);
  const wait = (busy / (1 - busy)) * (riding + decodeSeconds) * (burstiness / 2);
  return {
    running,
    requestRate: requestsPerSecond(running / (prompt + wait + decoding)),
    decode,
    prefill,
    tpotSeconds: seconds(tpot),
    prefillInterferenceSeconds: seconds(interference),
    promptSeconds: seconds(prompt),
    meanWaitSeconds: seconds(wait),
    prefillBusy: busy,
  };
};

export interface Latencies {
  readonly ttftSeconds: Seconds;
  readonly tpotSeconds: Seconds;
  readonly requestLatencySeconds: Seconds;
}

/** Mean latencies at an operating point. */
export const meanLatencies = (point: OperatingPoint, { oslTokens }: RequestShape): Latencies =>
  latencies(point.promptSeconds + point.meanWaitSeconds, point.tpotSeconds, oslTokens);

/**
 * Latencies that a share `p` of requests stays below. How many prompts ride on a request's steps is a Poisson count with
 * mean `running`, which spreads its TPOT; waits have an exponential tail.
 */
export const latencyQuantile = (point: OperatingPoint, { oslTokens }: RequestShape, p: number): Latencies => {
  const spread = Math.max(-1, normalQuantile(p) / Math.sqrt(Math.max(1, point.running)));
  const tpot = point.tpotSeconds + point.prefillInterferenceSeconds * spread;
  return latencies(point.promptSeconds + waitQuantile(p, point.prefillBusy, point.meanWaitSeconds), tpot, oslTokens);
};

const latencies = (ttft: number, tpot: number, oslTokens: number): Latencies => ({
  ttftSeconds: seconds(ttft),
  tpotSeconds: seconds(tpot),
  requestLatencySeconds: seconds(ttft + (oslTokens - 1) * tpot),
});

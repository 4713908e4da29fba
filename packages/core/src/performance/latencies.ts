import { type Seconds, seconds } from "../units/index.ts";
import type { OperatingPoint, RequestShape } from "./operating-point.ts";
import { normalQuantile, waitQuantile } from "./percentile.ts";

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

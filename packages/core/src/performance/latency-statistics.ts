import { roundTo, type Seconds, seconds, toMs } from "../units/index.ts";
import { type Latencies, latencyQuantile, meanLatencies } from "./latencies.ts";
import type { OperatingPoint } from "./operating-point.ts";
import type { LatencyStatistics } from "./performance-estimate.ts";
import type { ServingSite } from "./serving-site.ts";
import type { SettledServing } from "./settle-serving.ts";

/** A closed-loop benchmark sends about this many requests from each client; the first of each arrive together. */
const wavesOfABenchmark = 10;

type Statistics = { readonly [K in "ttftMs" | "tpotMs" | "itlMs" | "requestLatencyMs"]: LatencyStatistics };

/** As a benchmark prints them: in a closed loop the burst at its start is among the requests. */
export const benchmarkMeans = ({ site, shape, load, steady }: SettledServing): Latencies => {
  const burst = load.kind === "closed" ? burstSeconds(site, steady.point) : seconds(0);
  return delayed(meanLatencies(steady.point, shape), steady.queueSeconds + burst / 2 / wavesOfABenchmark);
};

export const latencyStatistics = (settled: SettledServing): Statistics => {
  const { site, shape, load, steady } = settled;
  const burst = load.kind === "closed" ? burstSeconds(site, steady.point) : seconds(0);
  const mean = benchmarkMeans(settled);
  const at = (p: number) => {
    const point = delayed(latencyQuantile(steady.point, shape, p), steady.queueSeconds);
    const shareInBurst = (p - (1 - 1 / wavesOfABenchmark)) * wavesOfABenchmark;
    return delayed(point, Math.max(0, shareInBurst) * burst);
  };
  const [p50, p95, p99] = [at(0.5), at(0.95), at(0.99)];
  const statistics = (pick: (latencies: Latencies) => Seconds): LatencyStatistics => ({
    mean: roundTo(3, toMs(pick(mean))),
    p50: roundTo(3, toMs(pick(p50))),
    p95: roundTo(3, toMs(pick(p95))),
    p99: roundTo(3, toMs(pick(p99))),
  });
  return {
    ttftMs: statistics(({ ttftSeconds }) => ttftSeconds),
    tpotMs: statistics(({ tpotSeconds }) => tpotSeconds),
    itlMs: gapStatistics(steady.point),
    requestLatencyMs: statistics(({ requestLatencySeconds }) => requestLatencySeconds),
  };
};

/** Single gaps between tokens: most are plain steps, the longest are steps that read prompts besides. */
const gapStatistics = ({ plainStepSeconds, promptsInStepSeconds, promptStepShare }: OperatingPoint): LatencyStatistics => {
  const gap = (p: number) => roundTo(3, toMs(seconds(plainStepSeconds + (p > 1 - promptStepShare ? promptsInStepSeconds : 0))));
  const mean = plainStepSeconds + promptStepShare * promptsInStepSeconds;
  return { mean: roundTo(3, toMs(seconds(mean))), p50: gap(0.5), p95: gap(0.95), p99: gap(0.99) };
};

/** All clients start together: the last prompt of the first wave waits for all the others. */
const burstSeconds = ({ coefficients, replica }: ServingSite, { running, promptWorkSeconds }: OperatingPoint): Seconds =>
  seconds(coefficients.burstWaves * (Math.max(0, running - 1) / replica.layout.dataParallelSize) * promptWorkSeconds);

const delayed = (latencies: Latencies, delay: number): Latencies => ({
  ttftSeconds: seconds(latencies.ttftSeconds + delay),
  tpotSeconds: latencies.tpotSeconds,
  requestLatencySeconds: seconds(latencies.requestLatencySeconds + delay),
});

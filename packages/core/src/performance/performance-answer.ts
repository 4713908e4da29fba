import { acceleratorsOf, mainWeightFormat } from "../memory/index.ts";
import { roundTo, type Seconds, seconds, toMs } from "../units/index.ts";
import { bottleneckOf } from "./bottleneck.ts";
import { computeFormatOf } from "./compute-format.ts";
import { type Latencies, latencyQuantile, meanLatencies, type OperatingPoint } from "./operating-point.ts";
import type { LatencyStatistics, PerformanceEstimate } from "./performance-estimate.ts";
import type { ServingSite } from "./serving-site.ts";
import type { SettledServing } from "./settle-serving.ts";
import { type StepParts, sumOfParts } from "./step-time.ts";

/** Half width, as a factor, of the 80 % band of a roofline that no measurement stands behind. */
export const rooflineBandFactor = 1.5;

/** A closed-loop benchmark sends about this many requests from each client; the first of each arrive together. */
const wavesOfABenchmark = 10;

/** Writes an estimate in the contract's units. */
export const performanceAnswer = (answered: SettledServing): PerformanceEstimate => {
  const { site, shape, steady, limit } = answered;
  const { point } = steady;
  const accelerators = acceleratorsOf(site.replica.layout);
  const outputTokens = point.requestRate * shape.oslTokens;
  const latency = latencyStatistics(answered);
  return {
    accelerators,
    outputTokensPerSecond: roundTo(3, outputTokens),
    outputTokensPerSecondPerAccelerator: roundTo(3, outputTokens / accelerators),
    totalTokensPerSecondPerAccelerator: roundTo(3, (point.requestRate * (shape.islTokens + shape.oslTokens)) / accelerators),
    requestsPerSecond: roundTo(6, point.requestRate),
    ttftMs: steady.overloaded ? null : latency.ttftMs,
    tpotMs: latency.tpotMs,
    requestLatencyMs: steady.overloaded ? null : latency.requestLatencyMs,
    maxConcurrency: limit.requests,
    bottleneck: bottleneckOf(answered),
    timeParts: { decodeStep: inMs(point.decode), prefill: inMs(point.prefill) },
    source: "roofline",
    interval: {
      outputTokensPerSecond: [roundTo(3, outputTokens / rooflineBandFactor), roundTo(3, outputTokens * rooflineBandFactor)],
      tpotMs: [roundTo(3, toMs(point.tpotSeconds) / rooflineBandFactor), roundTo(3, toMs(point.tpotSeconds) * rooflineBandFactor)],
    },
    assumptions: assumptionsOf(answered),
  };
};

const inMs = (parts: StepParts): Record<string, number> => ({
  dense: roundTo(4, toMs(parts.dense)),
  experts: roundTo(4, toMs(parts.experts)),
  attention: roundTo(4, toMs(parts.attention)),
  elementwise: roundTo(4, toMs(parts.elementwise)),
  collectives: roundTo(4, toMs(parts.collectives)),
  host: roundTo(4, toMs(parts.host)),
  total: roundTo(4, toMs(sumOfParts(parts))),
});

type Statistics = { readonly [K in "ttftMs" | "tpotMs" | "requestLatencyMs"]: LatencyStatistics };

/** As a benchmark prints them: in a closed loop the burst at its start is among the requests. */
export const benchmarkMeans = ({ site, shape, load, steady }: SettledServing): Latencies => {
  const burst = load.kind === "closed" ? burstSeconds(site, steady.point) : seconds(0);
  return delayed(meanLatencies(steady.point, shape), steady.queueSeconds + burst / 2 / wavesOfABenchmark);
};

const latencyStatistics = (settled: SettledServing): Statistics => {
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
    requestLatencyMs: statistics(({ requestLatencySeconds }) => requestLatencySeconds),
  };
};

/** All clients start together: the last prompt of the first wave waits for all the others. */
const burstSeconds = ({ coefficients, replica }: ServingSite, { running, promptWorkSeconds }: OperatingPoint): Seconds =>
  seconds(coefficients.burstWaves * (Math.max(0, running - 1) / replica.layout.dataParallelSize) * promptWorkSeconds);

const delayed = (latencies: Latencies, delay: number): Latencies => ({
  ttftSeconds: seconds(latencies.ttftSeconds + delay),
  tpotSeconds: latencies.tpotSeconds,
  requestLatencySeconds: seconds(latencies.requestLatencySeconds + delay),
});

const assumptionsOf = ({ site, load, limit, nodeSize, shape }: SettledServing): PerformanceEstimate["assumptions"] => {
  const { replica, accelerator } = site;
  return {
    accelerator: accelerator.id,
    nodeSize,
    ...replica.layout,
    engine: replica.engine.name,
    engineVersion: replica.engine.version ?? "not stated",
    weightFormat: mainWeightFormat(replica.precision, replica.model),
    kvCacheFormat: replica.precision.kvCache,
    computeFormat: computeFormatOf(mainWeightFormat(replica.precision, replica.model), accelerator),
    load: load.kind,
    prefixHitShare: shape.prefixHitShare,
    concurrencyBoundBy: limit.boundBy,
    maxNumSeqs: replica.engine.maxNumSeqs,
    maxNumBatchedTokens: replica.engine.maxNumBatchedTokens,
    interval: `a factor of ${rooflineBandFactor} either way: no measurement of this configuration was used`,
  };
};

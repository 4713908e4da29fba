import type { LatencyStatistics, PerformanceEstimate } from "../performance/index.ts";
import type { PerformanceRequest } from "../request/performance-request.ts";
import { roundTo } from "../units/index.ts";
import type { Correction } from "./correction.ts";
import type { CorrectedFigure } from "./measured-point.ts";

export type Corrections = Readonly<Record<CorrectedFigure, Correction>>;

/** The estimate with every figure that measurements speak of corrected, in bands that are never wider than before. */
export const correctedEstimate = (
  estimate: PerformanceEstimate,
  { workload: { oslTokens, requestRatePerSecond } }: PerformanceRequest,
  { tpot, ttft, outputTokens }: Corrections,
): PerformanceEstimate => {
  const keepsUp = requestRatePerSecond !== undefined && estimate.ttftMs !== null;
  const offered = requestRatePerSecond === undefined ? Number.POSITIVE_INFINITY : requestRatePerSecond / estimate.requestsPerSecond;
  const throughput = keepsUp ? 1 : Math.min(offered, outputTokens.factor);
  const tpotMs = scaled(estimate.tpotMs, tpot.factor);
  const ttftMs = estimate.ttftMs && scaled(estimate.ttftMs, ttft.factor);
  const { interval } = estimate;
  return {
    ...estimate,
    outputTokensPerSecond: roundTo(3, estimate.outputTokensPerSecond * throughput),
    outputTokensPerSecondPerAccelerator: roundTo(3, estimate.outputTokensPerSecondPerAccelerator * throughput),
    totalTokensPerSecondPerAccelerator: roundTo(3, estimate.totalTokensPerSecondPerAccelerator * throughput),
    requestsPerSecond: roundTo(6, estimate.requestsPerSecond * throughput),
    ttftMs,
    tpotMs,
    itlMs: scaled(estimate.itlMs, tpot.factor),
    requestLatencyMs: estimate.requestLatencyMs && latencyOf(estimate, { ttftMs, tpotMs }, oslTokens),
    interval: {
      ...interval,
      outputTokensPerSecond: keepsUp
        ? interval.outputTokensPerSecond
        : narrowed(interval.outputTokensPerSecond, estimate.outputTokensPerSecond, { ...outputTokens, factor: throughput }),
      tpotMs: narrowed(interval.tpotMs, estimate.tpotMs.mean, tpot),
    },
  };
};

const eachStatistic = (value: (name: keyof LatencyStatistics) => number): LatencyStatistics => ({
  mean: roundTo(3, value("mean")),
  p50: roundTo(3, value("p50")),
  p95: roundTo(3, value("p95")),
  p99: roundTo(3, value("p99")),
});

const scaled = (statistics: LatencyStatistics, factor: number): LatencyStatistics => eachStatistic((name) => statistics[name] * factor);

type Parts = Pick<PerformanceEstimate, "ttftMs" | "tpotMs">;

/** A request's latency moves as its first token and the others together do. */
const latencyOf = (before: PerformanceEstimate, after: Parts, oslTokens: number): LatencyStatistics => {
  const sum = ({ ttftMs, tpotMs }: Parts, name: keyof LatencyStatistics) => (ttftMs?.[name] ?? 0) + (oslTokens - 1) * tpotMs[name];
  return eachStatistic((name) => {
    const was = sum(before, name);
    return (before.requestLatencyMs?.[name] ?? 0) * (was > 0 ? sum(after, name) / was : 1);
  });
};

type Band = PerformanceEstimate["interval"]["tpotMs"];

const narrowed = ([low, high]: Band, value: number, { factor, bandFactor }: Correction): Band => [
  roundTo(3, factor * Math.max(low, value / bandFactor)),
  roundTo(3, factor * Math.min(high, value * bandFactor)),
];

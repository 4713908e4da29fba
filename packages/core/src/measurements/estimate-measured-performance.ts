import { estimatePerformance, type PerformanceEstimate } from "../performance/index.ts";
import type { PerformanceRequest } from "../request/performance-request.ts";
import { type Outcome, succeed } from "../units/index.ts";
import { type Corrections, correctedEstimate } from "./corrected-estimate.ts";
import { type Correction, correctionOf, deviationOfBand } from "./correction.ts";
import { type CorrectedFigure, type MeasuredPoint, measuredPoint } from "./measured-point.ts";
import { measuredReplica } from "./measured-replica.ts";
import type { Measurement } from "./measurement.ts";
import { servingConfiguration } from "./serving-configuration.ts";

/** Each costs an estimate of its own. */
export const mostMeasurementsOfAnAnswer = 200;

/** Parts of a request that a measurement can be set beside; one with any other is answered without. */
const comparable: ReadonlySet<string> = new Set(["model", "precision", "layout", "engine", "accelerator", "nodeSize", "workload"]);

/**
 * Throughput and latency of one replica, corrected by what was measured of its model on its accelerator. Measurements of
 * others are passed over, and of more than the most that count the first ones are taken.
 */
export const estimateMeasuredPerformance = (
  request: PerformanceRequest,
  measurements: readonly Measurement[],
): Outcome<PerformanceEstimate> => {
  const estimate = estimatePerformance(request);
  if (!estimate.ok || measurements.length === 0 || !isComparable(request)) return estimate;
  const replica = measuredReplica(request);
  if (!replica.ok) return replica;
  const configuration = servingConfiguration(request);
  if (!configuration.ok) return configuration;
  const question = { request, estimate: estimate.value, configuration: configuration.value };
  const points = measurements
    .filter(({ model, accelerator }) => model === replica.value.model && accelerator === replica.value.accelerator)
    .slice(0, mostMeasurementsOfAnAnswer)
    .flatMap((measured) => measuredPoint(question, measured) ?? []);
  return succeed(points.length === 0 ? estimate.value : answerFrom(estimate.value, request, points));
};

const isComparable = (request: PerformanceRequest): boolean =>
  Object.entries(request).every(([part, value]) => value === undefined || comparable.has(part));

const answerFrom = (estimate: PerformanceEstimate, request: PerformanceRequest, points: readonly MeasuredPoint[]): PerformanceEstimate => {
  const corrections = correctionsOf(estimate, points);
  const corrected = correctedEstimate(estimate, request, corrections);
  return {
    ...corrected,
    source: points.some(({ isTheQuestion }) => isTheQuestion) ? "measured" : "interpolated",
    assumptions: { ...corrected.assumptions, ...assumptionsOf(corrections, points) },
  };
};

/** Benchmarks spread about twice as much around the estimate in their TTFT as in the time of a token. */
const ttftDeviations = 2;

const correctionsOf = ({ interval }: PerformanceEstimate, points: readonly MeasuredPoint[]): Corrections => {
  const of = (figure: CorrectedFigure, deviation: number, deviations = 1): Correction => {
    const verdicts = points.flatMap(({ verdicts }) => verdicts[figure] ?? []);
    const spread = verdicts.map((verdict) => ({ ...verdict, discrepancy: verdict.discrepancy * deviations ** 2 }));
    return correctionOf(spread, Math.min(1, deviation * deviations));
  };
  const tpotDeviation = deviationOfBand(interval.tpotMs);
  return {
    tpot: of("tpot", tpotDeviation),
    ttft: of("ttft", tpotDeviation, ttftDeviations),
    outputTokens: of("outputTokens", deviationOfBand(interval.outputTokensPerSecond)),
  };
};

const assumptionsOf = (
  { tpot, ttft, outputTokens }: Corrections,
  points: readonly MeasuredPoint[],
): PerformanceEstimate["assumptions"] => ({
  measurements: points.length,
  measurementsOfThisConfiguration: points.filter(({ isTheConfiguration }) => isTheConfiguration).length,
  measuredFactors: `tpot × ${tpot.factor.toFixed(3)}, ttft × ${ttft.factor.toFixed(3)}, output tokens × ${outputTokens.factor.toFixed(3)}`,
  timeParts: "as computed, before the correction by measurements",
  interval: `from the spread of ${points.length} measurement${points.length === 1 ? "" : "s"} around the estimate`,
});

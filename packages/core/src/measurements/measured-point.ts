import { estimatePerformance, type PerformanceEstimate } from "../performance/index.ts";
import type { PerformanceRequest, Workload } from "../request/performance-request.ts";
import type { Verdict } from "./correction.ts";
import type { Measurement } from "./measurement.ts";
import { discrepancyOf, type ServingConfiguration, servingConfiguration } from "./serving-configuration.ts";

export const correctedFigures = ["tpot", "ttft", "outputTokens"] as const;
export type CorrectedFigure = (typeof correctedFigures)[number];

/** A measurement beside the estimate of the same run, seen from the question that is asked. */
export interface MeasuredPoint {
  readonly verdicts: Partial<Readonly<Record<CorrectedFigure, Verdict>>>;
  /** The very configuration was measured, lengths and load within a quarter. */
  readonly isTheQuestion: boolean;
  readonly isTheConfiguration: boolean;
}

/** What is asked, or was measured, and what the estimate says of it. */
export interface Question {
  readonly request: PerformanceRequest;
  readonly estimate: PerformanceEstimate;
  readonly configuration: ServingConfiguration;
}

/** Lengths and loads within this factor are the same workload. */
const sameWithin = Math.log2(1.25);

/** Undefined where the run cannot be estimated: a layout, say, that does not fit by the memory model. */
export const measuredPoint = (question: Question, measured: Measurement): MeasuredPoint | undefined => {
  const run = estimatedOnce(question.request, measured);
  if (!run) return undefined;
  const discrepancy = discrepancyOf(run.configuration, question.configuration);
  const octaves = octavesBetween(run, question);
  const nearness = 1 / (1 + octaves.reduce((sum, distance) => sum + distance ** 2, 0));
  const place = { configuration: JSON.stringify(run.configuration), discrepancy, nearness };
  const verdicts = Object.fromEntries(offsetsOf(measured, run.estimate).map(([figure, offset]) => [figure, { ...place, offset }]));
  const isTheConfiguration = discrepancy === 0;
  return { verdicts, isTheConfiguration, isTheQuestion: isTheConfiguration && octaves.every((distance) => distance <= sameWithin) };
};

const estimated = new WeakMap<Measurement, { readonly key: string; readonly run: Question | undefined }>();

/** A batch asks about one measurement again and again: beside its own words, only these two of the question's decide its estimate. */
const estimatedOnce = (asked: PerformanceRequest, measured: Measurement): Question | undefined => {
  const key = `${asked.accelerator.memoryGib} ${asked.nodeSize}`;
  const known = estimated.get(measured);
  if (known?.key === key) return known.run;
  const run = estimatedRun(requestOf(asked, measured));
  estimated.set(measured, { key, run });
  return run;
};

const estimatedRun = (request: PerformanceRequest): Question | undefined => {
  const configuration = servingConfiguration(request);
  const estimate = configuration.ok ? estimatePerformance(request) : configuration;
  return configuration.ok && estimate.ok ? { request, estimate: estimate.value, configuration: configuration.value } : undefined;
};

const requestOf = ({ model, accelerator, nodeSize }: PerformanceRequest, measured: Measurement): PerformanceRequest => {
  const { engine, layout, precision, islTokens, oslTokens, concurrency, requestRatePerSecond } = measured;
  return { model, accelerator, nodeSize, engine, layout, precision, workload: { islTokens, oslTokens, concurrency, requestRatePerSecond } };
};

/** How far apart two workloads are in prompt, answer and requests in flight, each in doublings. */
const octavesBetween = (a: Pick<Question, "request" | "estimate">, b: Pick<Question, "request" | "estimate">): readonly number[] => {
  const [of, other] = [coordinatesOf(a), coordinatesOf(b)];
  return of.map((value, axis) => Math.abs(Math.log2(value / (other[axis] ?? value))));
};

const coordinatesOf = ({ request: { workload }, estimate }: Pick<Question, "request" | "estimate">): readonly number[] => [
  Math.max(1, workload.islTokens * (1 - (workload.prefixHitShare ?? 0))),
  workload.oslTokens,
  Math.max(1, inFlight(workload, estimate)),
];

/** Little's law for a rate that can be served; a replica that cannot keep up is full. */
const inFlight = ({ concurrency, requestRatePerSecond }: Workload, { requestLatencyMs, maxConcurrency }: PerformanceEstimate): number => {
  if (concurrency !== undefined) return concurrency;
  return requestRatePerSecond === undefined || requestLatencyMs === null
    ? maxConcurrency
    : (requestRatePerSecond * requestLatencyMs.mean) / 1000;
};

/** The output of a replica that keeps up with a rate is the rate, whoever is right about the rest. */
const offsetsOf = (measured: Measurement, estimate: PerformanceEstimate): [CorrectedFigure, number][] => {
  const keepsUp = measured.requestRatePerSecond !== undefined && estimate.ttftMs !== null;
  const pairs: [CorrectedFigure, number | undefined, number | undefined][] = [
    ["tpot", measured.tpotMs, estimate.tpotMs.mean],
    ["ttft", measured.ttftMs, estimate.ttftMs?.mean],
    ["outputTokens", keepsUp ? undefined : measured.outputTokensPerSecond, estimate.outputTokensPerSecond],
  ];
  return pairs.flatMap(([figure, was, said]) => (was && said ? [[figure, Math.log(was / said)] as [CorrectedFigure, number]] : []));
};

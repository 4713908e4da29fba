import { type CoefficientTable, withFactors } from "../coefficient-table.ts";
import type { CoefficientName } from "../coefficients.ts";
import { servingCoefficients } from "../data/serving-coefficients.ts";
import { benchmarkMeans } from "../latency-statistics.ts";
import type { PreparedServing } from "../prepare-serving.ts";
import { settleServing } from "../settle-serving.ts";

/** What a measurement says about a prepared request; absent where the tool did not print it. */
export interface MeasuredServing {
  readonly prepared: PreparedServing;
  readonly ttftMs?: number | undefined;
  readonly tpotMs?: number | undefined;
  readonly outputTokensPerSecond?: number | undefined;
}

/** Times by which a user's own measurements stretch the parts of a step; 1: as calibrated. */
export interface Recalibration {
  readonly stretch: Readonly<Record<Part, number>>;
  readonly measurements: number;
}

const parts = ["work", "host", "prompts"] as const;
type Part = (typeof parts)[number];

/** Rates fall where times rise. */
const rates: Readonly<Record<Part, readonly CoefficientName[]>> = {
  work: [
    "weightRead16",
    "weightRead8",
    "weightRead4",
    "expertRead16",
    "expertRead8",
    "expertRead4",
    "cacheRead",
    "matrix16",
    "matrix8",
    "matrix4",
    "decodeAttention",
  ],
  host: [],
  prompts: ["prefillAttention"],
};
const times: Readonly<Record<Part, readonly CoefficientName[]>> = {
  work: [],
  host: ["kernelSeconds", "stepSeconds", "sequenceSeconds", "collectiveSeconds"],
  prompts: ["requestSeconds", "eagerKernelSeconds"],
};

/** How far a part may be off, and how far one measurement scatters, as standard deviations of logarithms. */
const belief = 0.3;
const scatter = { tpotMs: 0.08, outputTokensPerSecond: 0.08, ttftMs: 0.25 } as const;

/**
 * Stretches work, host and prompts so that the estimate meets the measurements, each drawn towards 1 by a normal prior: the more
 * measurements, the less. Coordinate descent over golden sections; deterministic.
 *
 *   Σ (log predicted − log measured)² / scatter²  +  Σ (log stretch)² / belief²
 */
export const recalibrate = (measured: readonly MeasuredServing[]): Recalibration => {
  let stretch: Record<Part, number> = { work: 1, host: 1, prompts: 1 };
  for (let round = 0; round < 4; round++) {
    for (const part of parts)
      stretch = { ...stretch, [part]: Math.exp(lowest((value) => loss(measured, { ...stretch, [part]: Math.exp(value) }))) };
  }
  return { stretch, measurements: measured.length };
};

/** The table that an estimate for the measured model and chip uses from then on. */
export const recalibratedTable = ({ stretch }: Pick<Recalibration, "stretch">): CoefficientTable => {
  const factors: Partial<Record<CoefficientName, number>> = {};
  for (const part of parts) {
    for (const name of rates[part]) factors[name] = 1 / stretch[part];
    for (const name of times[part]) factors[name] = stretch[part];
  }
  return withFactors(servingCoefficients, factors);
};

const loss = (measured: readonly MeasuredServing[], stretch: Recalibration["stretch"]): number => {
  const table = recalibratedTable({ stretch });
  let total = 0;
  for (const part of parts) total += (Math.log(stretch[part]) / belief) ** 2;
  for (const one of measured) {
    const settled = settleServing(one.prepared, table);
    const means = benchmarkMeans(settled);
    const predicted = {
      tpotMs: means.tpotSeconds * 1e3,
      ttftMs: means.ttftSeconds * 1e3,
      outputTokensPerSecond: settled.steady.point.requestRate * settled.shape.oslTokens,
    };
    for (const figure of ["tpotMs", "ttftMs", "outputTokensPerSecond"] as const) {
      const value = one[figure];
      if (value !== undefined && value > 0) total += (Math.log(predicted[figure] / value) / scatter[figure]) ** 2;
    }
  }
  return total;
};

const golden = (Math.sqrt(5) - 1) / 2;

/** Where a function of one logarithm is lowest, between a quarter and four times. */
const lowest = (of: (value: number) => number): number => {
  let [low, high] = [-Math.log(4), Math.log(4)];
  let [left, right] = [high - golden * (high - low), low + golden * (high - low)];
  let [atLeft, atRight] = [of(left), of(right)];
  while (high - low > 1e-4) {
    if (atLeft < atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - golden * (high - low);
      atLeft = of(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + golden * (high - low);
      atRight = of(right);
    }
  }
  return (low + high) / 2;
};

import { normalQuantile } from "../performance/index.ts";

/** A measurement's verdict on one figure of the estimate. */
export interface Verdict {
  /** ln(measured / estimated). */
  readonly offset: number;
  /** Rows of equal text were measured on the same configuration. */
  readonly configuration: string;
  /** Variance between that configuration's error and that of the one asked for. */
  readonly discrepancy: number;
  /** How much the row counts among those of its configuration: 1 at the very lengths and load, less away from them. */
  readonly nearness: number;
}

/** What measurements make of one figure. */
export interface Correction {
  readonly factor: number;
  /** Of the 80 % band around the corrected figure, either way. */
  readonly bandFactor: number;
}

/** A file that is off by more describes another replica than it was said to. */
const mostOffset = Math.log(4);

/** Two runs of one benchmark differ by about this share. */
const repeatDeviation = 0.05;

const bandQuantile = normalQuantile(0.9);

/** Standard deviation of the logarithm behind an 80 % band. */
export const deviationOfBand = ([low, high]: readonly [number, number]): number =>
  low > 0 ? Math.min(1, Math.log(high / low) / (2 * bandQuantile)) : 1;

/**
 * The multiplicative correction of one figure from m rows, as a normal posterior on a logarithmic scale.
 *
 *   r̄_g = Σ a_i · r_i / Σ a_i              rows i of one configuration g, r = ln(measured / estimated), |r| ≤ ln 4
 *   s²_g = 0.05² + Σ a_i · (r_i − r̄_g)² / Σ a_i     their spread
 *   v_g = s²_g / Σ a_i + δ²_g              δ²_g: between configuration g and the one asked for
 *   factor = exp( Σ r̄_g / v_g  /  (1/τ² + Σ 1/v_g) )
 *   band = exp( ± 1.28 · √(1/(1/τ² + Σ 1/v_g) + s²) ),  s² the mean of s²_g + δ²_g by weight 1/v_g
 *
 * τ is the deviation of the estimate's own band: its prior is that it is right, factor 1, within τ. Few or scattered rows
 * move it little; many rows of the very configuration move it all the way. Independent of the order of the rows.
 */
export const correctionOf = (verdicts: readonly Verdict[], priorDeviation: number): Correction => {
  const configurations = [...new Set(verdicts.map(({ configuration }) => configuration))].toSorted();
  const groups = configurations.map((each) => summaryOf(verdicts.filter(({ configuration }) => configuration === each)));
  const precision = sumOf(groups, ({ variance }) => 1 / variance);
  const posterior = 1 / (1 / priorDeviation ** 2 + precision);
  const mean = posterior * sumOf(groups, ({ offset, variance }) => offset / variance);
  const spread = precision === 0 ? 0 : sumOf(groups, (group) => (group.spread + group.discrepancy) / group.variance) / precision;
  return { factor: Math.exp(mean), bandFactor: Math.exp(bandQuantile * Math.sqrt(posterior + spread)) };
};

const summaryOf = (unordered: readonly Verdict[]) => {
  const rows = unordered.toSorted((a, b) => a.offset - b.offset || a.nearness - b.nearness);
  const count = sumOf(rows, ({ nearness }) => nearness);
  const offset = sumOf(rows, (row) => row.nearness * bounded(row.offset)) / count;
  const spread = repeatDeviation ** 2 + sumOf(rows, (row) => row.nearness * (bounded(row.offset) - offset) ** 2) / count;
  const discrepancy = Math.max(...rows.map((row) => row.discrepancy));
  return { offset, spread, discrepancy, variance: spread / count + discrepancy };
};

const bounded = (offset: number): number => Math.min(mostOffset, Math.max(-mostOffset, offset));

const sumOf = <T>(items: readonly T[], value: (item: T) => number): number => items.reduce((sum, item) => sum + value(item), 0);

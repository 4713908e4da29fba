import { costOf, emptyDictionary, mend, valuesOf } from "./dictionary.ts";

export interface SmallRelaxation {
  /** Of the optimum. */
  readonly value: number;
  readonly counts: readonly number[];
  /** By column: what one costs above what the rows pay for it. */
  readonly above: readonly number[];
}

export interface SmallQuestion {
  /** By column, none below 0. */
  readonly costs: readonly number[];
  /** By row and column. */
  readonly rows: readonly (readonly number[])[];
  readonly atLeast: readonly number[];
}

/** Beyond so many steps there is no answer: that ends a program that goes in circles. */
const mostSteps = 200;

/**
 * A covering program of a few columns, solved where a solver's start would take longer than its solve.
 *
 *   minimise Σ c · x,   A · x ≥ b,   x ≥ 0        c ≥ 0, so the dual simplex method begins with nothing bought
 *
 * Undefined where no x keeps the rows.
 */
export const smallRelaxation = ({ costs, rows, atLeast }: SmallQuestion): SmallRelaxation | undefined => {
  const dictionary = emptyDictionary(costs);
  for (const [index, row] of rows.entries()) {
    dictionary.basic.push(costs.length + index);
    dictionary.table.push(Float64Array.of(-(atLeast[index] ?? 0), ...row));
  }
  if (mend(dictionary, { enough: Number.POSITIVE_INFINITY, mostSteps }) !== "mended") return undefined;
  const above = new Array<number>(costs.length).fill(0);
  dictionary.nonbasic.forEach((variable, at) => {
    if (variable < costs.length) above[variable] = Math.max(0, dictionary.table[0]?.[at + 1] ?? 0);
  });
  return { value: costOf(dictionary), counts: valuesOf(dictionary, costs.length), above };
};

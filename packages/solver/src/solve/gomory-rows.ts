import type { Dictionary } from "./dictionary.ts";

/** So many of the fractions nearest to a half are cut off at once. */
const mostRows = 8;

/**
 * Rows that every whole solution keeps and a fractional one breaks (Gomory's mixed integer cuts).
 *
 *   row       x = β − Σ ā_j · y_j,   f = β − ⌊β⌋,   f_j = ā_j − ⌊ā_j⌋
 *   cut       Σ γ_j · y_j ≥ 1    γ_j = f_j / f where y_j is whole and f_j ≤ f, (1 − f_j) / (1 − f) where f_j > f,
 *                                ā_j / f where y_j is a fraction and ā_j > 0, −ā_j / (1 − f) where ā_j < 0
 *
 * A row's slack is a fraction; the first `variables` are whole.
 */
export const gomoryRows = ({ table, basic, nonbasic }: Dictionary, variables: number): Float64Array[] => {
  const fractional = basic.flatMap((variable, at) => {
    const row = table[at + 1];
    const part = row ? partOf(row[0] as number) : 0;
    return row && variable < variables && part > leastPart && part < 1 - leastPart ? [{ row, part }] : [];
  });
  return fractional
    .toSorted((a, b) => Math.abs(a.part - 0.5) - Math.abs(b.part - 0.5))
    .slice(0, mostRows)
    .map(({ row, part }) => cutOf(row, part, nonbasic, variables))
    .filter(isEven);
};

const leastPart = 0.05;

/** Cuts of very large beside very small coefficients make what is left sensitive to sums of floats. */
const isEven = (cut: Float64Array): boolean => {
  let [least, most] = [1, 1];
  for (let at = 1; at < cut.length; at++) {
    const coefficient = cut[at] as number;
    if (coefficient === 0) continue;
    least = Math.min(least, coefficient);
    most = Math.max(most, coefficient);
  }
  return most < mostRange * least;
};

const mostRange = 1e4;

const partOf = (value: number): number => value - Math.floor(value);

const cutOf = (row: Float64Array, part: number, nonbasic: readonly number[], variables: number): Float64Array => {
  const cut = new Float64Array(row.length);
  // A little less than 1, so that sums of floats cut off no solution.
  cut[0] = -1 + 1e-7;
  nonbasic.forEach((variable, at) => {
    const against = -(row[at + 1] as number);
    cut[at + 1] = variable < variables ? ofWhole(against, part) : against > 0 ? against / part : -against / (1 - part);
  });
  return cut;
};

const ofWhole = (against: number, part: number): number => {
  const own = partOf(against);
  if (own < 1e-9 || own > 1 - 1e-9) return 0;
  return own <= part ? own / part : (1 - own) / (1 - part);
};

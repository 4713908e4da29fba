/**
 * A linear program in the form of the simplex method: what is basic, written with what is not.
 *
 *   basic = constant + Σ coefficient · nonbasic,   all ≥ 0        row 0 is the cost, column 0 the constants
 *
 * Variables are numbered: the program's own from 0, rows' slacks after them.
 */
export interface Dictionary {
  readonly table: Float64Array[];
  /** By row after the cost's. */
  readonly basic: number[];
  /** By column after the constants'. */
  readonly nonbasic: number[];
}

const dust = 1e-9;

/** What is divided by must not be a sum of floats that should be 0. */
const leastPivot = 1e-7;

/** A row broken by less, which nothing mends, may be broken by sums of floats. */
const certainly = 1e-4;

/** Nothing bought, and no row yet. */
export const emptyDictionary = (costs: readonly number[]): Dictionary => ({
  table: [Float64Array.of(0, ...costs)],
  basic: [],
  nonbasic: costs.map((_, variable) => variable),
});

export const costOf = ({ table }: Dictionary): number => table[0]?.[0] ?? 0;

/** Of the program's own variables. */
export const valuesOf = ({ table, basic }: Dictionary, variables: number): number[] => {
  const values = new Array<number>(variables).fill(0);
  basic.forEach((variable, row) => {
    if (variable < variables) values[variable] = Math.max(0, table[row + 1]?.[0] ?? 0);
  });
  return values;
};

/**
 * The dual simplex method: costs of nonbasic variables stay at 0 or above, broken rows are mended one by one, and the cost only
 * rises. It ends early once the cost is `enough`.
 */
export const mend = (dictionary: Dictionary, { enough, mostSteps }: { readonly enough: number; readonly mostSteps: number }): Mended => {
  const { table, basic, nonbasic } = dictionary;
  for (let step = 0; step < mostSteps; step++) {
    if (costOf(dictionary) >= enough) return "enough";
    const row = step < patience ? mostBroken(table) : firstBroken(dictionary);
    if (row === 0) return "mended";
    const column = step < patience ? entering(table, row) : firstEntering(dictionary, row);
    if (column === 0) return (table[row]?.[0] as number) < -certainly ? "hopeless" : "lost";
    pivot(table, row, column);
    [basic[row - 1], nonbasic[column - 1]] = [nonbasic[column - 1] as number, basic[row - 1] as number];
  }
  return "lost";
};

/** hopeless: nothing keeps the rows; lost: too many steps, as in a program that goes in circles. */
export type Mended = "mended" | "enough" | "hopeless" | "lost";

/** After so many steps variables are taken in the order of their numbers, which ends what goes in circles (Bland). */
const patience = 150;

const firstBroken = ({ table, basic }: Dictionary): number => {
  let chosen = 0;
  for (let row = 1; row < table.length; row++) {
    if ((table[row]?.[0] as number) >= -dust) continue;
    if (chosen === 0 || (basic[row - 1] as number) < (basic[chosen - 1] as number)) chosen = row;
  }
  return chosen;
};

const firstEntering = ({ table, nonbasic }: Dictionary, row: number): number => {
  const [costs, ofRow] = [table[0] as Float64Array, table[row] as Float64Array];
  let [least, chosen] = [Number.POSITIVE_INFINITY, 0];
  for (let column = 1; column < ofRow.length; column++) {
    const coefficient = ofRow[column] as number;
    if (coefficient <= leastPivot) continue;
    const ratio = Math.max(0, costs[column] as number) / coefficient;
    const isFirst = ratio < least + 1e-12 && (nonbasic[column - 1] as number) < (nonbasic[chosen - 1] ?? -1);
    if (ratio < least - 1e-12 || isFirst) [least, chosen] = [ratio, column];
  }
  return chosen;
};

const mostBroken = (table: readonly Float64Array[]): number => {
  let [least, chosen] = [-dust, 0];
  for (let row = 1; row < table.length; row++) {
    const constant = table[row]?.[0] as number;
    if (constant < least) [least, chosen] = [constant, row];
  }
  return chosen;
};

const entering = (table: readonly Float64Array[], row: number): number => {
  const [costs, ofRow] = [table[0] as Float64Array, table[row] as Float64Array];
  let [least, chosen] = [Number.POSITIVE_INFINITY, 0];
  for (let column = 1; column < ofRow.length; column++) {
    const coefficient = ofRow[column] as number;
    if (coefficient <= leastPivot) continue;
    const ratio = (costs[column] as number) / coefficient;
    const isFirmer = ratio < least + 1e-12 && coefficient > (ofRow[chosen] as number);
    if (ratio < least - 1e-12 || (chosen > 0 && isFirmer)) [least, chosen] = [Math.min(least, ratio), column];
  }
  return chosen;
};

/** The row's basic variable and the column's change places. */
const pivot = (table: readonly Float64Array[], row: number, column: number): void => {
  const ofRow = table[row] as Float64Array;
  const by = ofRow[column] as number;
  for (let at = 0; at < ofRow.length; at++) ofRow[at] = at === column ? 1 / by : -(ofRow[at] as number) / by;
  for (const other of table) {
    const factor = other[column] as number;
    if (other === ofRow || factor === 0) continue;
    for (let at = 0; at < other.length; at++)
      other[at] = at === column ? factor * (ofRow[at] as number) : (other[at] as number) + factor * (ofRow[at] as number);
  }
};

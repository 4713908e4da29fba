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

const dust = 1e-9;

/** Beyond so many steps there is no answer: that ends a program that goes in circles. */
const mostSteps = 200;

/**
 * A covering program of a few columns, solved where a solver's start would take longer than its solve.
 *
 *   minimise Σ c · x,   A · x ≥ b,   x ≥ 0        c ≥ 0, so the dual simplex method begins with nothing bought
 *
 * A dictionary row says: basic = constant + Σ coefficient · nonbasic; row 0 is the cost. Undefined where no x keeps the rows.
 */
export const smallRelaxation = ({ costs, rows, atLeast }: SmallQuestion): SmallRelaxation | undefined => {
  const columns = costs.length;
  const table = [Float64Array.of(0, ...costs), ...rows.map((row, index) => Float64Array.of(-(atLeast[index] ?? 0), ...row))];
  /** Columns are numbered from 0, rows' slacks after them. */
  const basic = rows.map((_, row) => columns + row);
  const nonbasic = costs.map((_, column) => column);
  for (let step = 0; step < mostSteps; step++) {
    const row = mostBroken(table);
    if (row === 0) return readFrom({ table, basic, nonbasic }, columns);
    const column = entering(table, row);
    if (column === 0) return undefined;
    pivot(table, row, column);
    [basic[row - 1], nonbasic[column - 1]] = [nonbasic[column - 1] as number, basic[row - 1] as number];
  }
  return undefined;
};

type Table = readonly Float64Array[];

const mostBroken = (table: Table): number => {
  let [least, chosen] = [-dust, 0];
  for (let row = 1; row < table.length; row++) {
    const constant = table[row]?.[0] as number;
    if (constant < least) [least, chosen] = [constant, row];
  }
  return chosen;
};

const entering = (table: Table, row: number): number => {
  const [costs, ofRow] = [table[0] as Float64Array, table[row] as Float64Array];
  let [least, chosen] = [Number.POSITIVE_INFINITY, 0];
  for (let column = 1; column < ofRow.length; column++) {
    const coefficient = ofRow[column] as number;
    if (coefficient <= dust) continue;
    const ratio = (costs[column] as number) / coefficient;
    if (ratio < least - 1e-12) [least, chosen] = [ratio, column];
  }
  return chosen;
};

/** The row's basic variable and the column's change places. */
const pivot = (table: Table, row: number, column: number): void => {
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

interface Dictionary {
  readonly table: Table;
  readonly basic: readonly number[];
  readonly nonbasic: readonly number[];
}

const readFrom = ({ table, basic, nonbasic }: Dictionary, columns: number): SmallRelaxation => {
  const [counts, above] = [new Array<number>(columns).fill(0), new Array<number>(columns).fill(0)];
  basic.forEach((variable, row) => {
    if (variable < columns) counts[variable] = Math.max(0, table[row + 1]?.[0] ?? 0);
  });
  nonbasic.forEach((variable, at) => {
    if (variable < columns) above[variable] = Math.max(0, table[0]?.[at + 1] ?? 0);
  });
  return { value: table[0]?.[0] ?? 0, counts, above };
};

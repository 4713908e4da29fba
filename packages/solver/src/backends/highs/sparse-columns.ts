import type { ModelData } from "highs";
import type { Constraint } from "../../linear-program/linear-program.ts";

/** The constraints' coefficients column by column, each entry once, zeros left out. */
export const sparseColumns = (numCols: number, constraints: readonly Constraint[]): ModelData["matrix"] => {
  const columns: Map<number, number>[] = Array.from({ length: numCols }, () => new Map());
  constraints.forEach(({ terms }, row) => {
    for (const { variable, coefficient } of terms) {
      const column = columns[variable];
      column?.set(row, (column.get(row) ?? 0) + coefficient);
    }
  });
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const column of columns) {
    for (const [row, value] of column) {
      if (value === 0) continue;
      indices.push(row);
      values.push(value);
    }
    starts.push(indices.length);
  }
  return { format: "csc", numRows: constraints.length, numCols, starts, indices, values };
};

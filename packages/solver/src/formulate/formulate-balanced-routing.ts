import type { LinearProgram, Term } from "../linear-program/linear-program.ts";
import { programBuilder } from "../linear-program/program-builder.ts";

/** A row that says: the work routed to something is at most what was bought of it. */
export interface CapacityRow {
  readonly row: number;
  /** Position of what was bought; its coefficient in the row is −1. */
  readonly count: number;
}

/**
 * Spreads traffic evenly over what is bought anyway.
 *
 *   variables   a ∈ [0, 1] shares, as in the program;  t the highest load of anything bought
 *   minimise    t
 *   served      as in the program
 *   load        Σ work routed − bought · t ≤ 0
 *
 * Keeps the order of the program's variables, so that a solution of either reads the same.
 */
export const formulateBalancedRouting = (
  program: LinearProgram,
  capacityRows: readonly CapacityRow[],
  values: readonly number[],
): LinearProgram => {
  const builder = programBuilder();
  program.variables.forEach(({ label, kind, upper }, index) => {
    const bought = kind === "integer" ? (values[index] ?? 0) : undefined;
    builder.variable({ label, lower: bought ?? 0, upper: bought ?? upper });
  });
  const highestLoad = builder.variable({ label: "highest load", cost: 1 });
  const countOfRow = new Map(capacityRows.map(({ row, count }) => [row, count]));
  program.constraints.forEach((constraint, row) => {
    const count = countOfRow.get(row);
    if (count === undefined) {
      builder.constrain(constraint);
      return;
    }
    const work = constraint.terms.filter(({ variable }) => variable !== count);
    const limit: Term = { variable: highestLoad, coefficient: -(values[count] ?? 0) };
    builder.constrain({ ...constraint, terms: [...work, limit] });
  });
  return builder.program();
};

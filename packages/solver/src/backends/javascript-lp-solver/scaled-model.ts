import type { Model } from "javascript-lp-solver";
import type { Constraint, LinearProgram } from "../../linear-program/linear-program.ts";

const objective = "cost";
const variableName = (index: number): string => `v${index}`;
const rowName = (index: number): string => `c${index}`;

/**
 * The program in javascript-lp-solver's own form. Variables are shifted to start at 0, upper bounds become rows,
 * and every row and the objective are scaled to a largest coefficient of 1, because tiny ones round to nothing.
 */
export const scaledModel = (program: LinearProgram): Model => {
  const rows = [...program.constraints, ...upperBoundRows(program)].filter(({ terms }) => terms.length > 0);
  const variables: Record<string, Record<string, number>> = {};
  const largestCost = largestOf(program.variables.map(({ cost }) => cost));
  program.variables.forEach(({ cost }, index) => {
    variables[variableName(index)] = { [objective]: cost / largestCost };
  });
  const constraints: Record<string, { min?: number; max?: number }> = {};
  rows.forEach((row, index) => {
    const scale = 1 / largestOf(row.terms.map(({ coefficient }) => coefficient));
    constraints[rowName(index)] = scaledBounds(row, program, scale);
    for (const { variable, coefficient } of row.terms) {
      const column = variables[variableName(variable)] ?? {};
      column[rowName(index)] = (column[rowName(index)] ?? 0) + coefficient * scale;
    }
  });
  const ints = Object.fromEntries(
    program.variables.flatMap(({ kind }, index) => (kind === "integer" ? [[variableName(index), 1 as const]] : [])),
  );
  return { optimize: objective, opType: "min", constraints, variables, ints };
};

/** Reads the values back; the library omits variables that are zero. */
export const valuesOf = (program: LinearProgram, answer: Readonly<Record<string, unknown>>): number[] =>
  program.variables.map(({ lower }, index) => {
    const value = answer[variableName(index)];
    return (typeof value === "number" ? value : 0) + lower;
  });

const upperBoundRows = ({ variables }: LinearProgram): Constraint[] =>
  variables.flatMap(({ label, upper }, variable) =>
    Number.isFinite(upper) ? [{ label, terms: [{ variable, coefficient: 1 }], lower: Number.NEGATIVE_INFINITY, upper }] : [],
  );

const scaledBounds = ({ terms, lower, upper }: Constraint, { variables }: LinearProgram, scale: number): { min?: number; max?: number } => {
  const shift = terms.reduce((sum, { variable, coefficient }) => sum + coefficient * (variables[variable]?.lower ?? 0), 0);
  return {
    ...(Number.isFinite(lower) ? { min: (lower - shift) * scale } : {}),
    ...(Number.isFinite(upper) ? { max: (upper - shift) * scale } : {}),
  };
};

const largestOf = (numbers: readonly number[]): number => numbers.reduce((most, n) => Math.max(most, Math.abs(n)), 0) || 1;

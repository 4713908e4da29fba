import type { Constraint, LinearProgram, Variable } from "../linear-program/linear-program.ts";

/** Share of a bound's size by which floating-point sums may miss it. */
const feasibilityTolerance = 1e-7;

/** Every rule of a program that values break, re-checked without the solver that found them. Empty: all hold. */
export const feasibilityReport = (program: LinearProgram, values: readonly number[]): string[] => {
  if (values.length !== program.variables.length) return [`${values.length} values for ${program.variables.length} variables`];
  return [
    ...program.variables.flatMap((variable, index) => variableViolations(variable, values[index] ?? Number.NaN)),
    ...program.constraints.flatMap((constraint) => constraintViolations(constraint, values)),
  ];
};

const variableViolations = ({ label, kind, lower, upper }: Variable, value: number): string[] => {
  if (!Number.isFinite(value)) return [`${label} has no finite value`];
  if (isBelow(value, lower) || isBelow(upper, value)) return [`${label} = ${value} is outside ${lower} to ${upper}`];
  if (kind === "integer" && Math.abs(value - Math.round(value)) > 1e-6) return [`${label} = ${value} is not whole`];
  return [];
};

const constraintViolations = ({ label, terms, lower, upper }: Constraint, values: readonly number[]): string[] => {
  const sum = terms.reduce((total, { variable, coefficient }) => total + coefficient * (values[variable] ?? Number.NaN), 0);
  const holds = Number.isFinite(sum) && !isBelow(sum, lower) && !isBelow(upper, sum);
  return holds ? [] : [`${label}: ${sum} is outside ${lower} to ${upper}`];
};

const isBelow = (value: number, bound: number): boolean => value < bound - feasibilityTolerance * Math.max(1, Math.abs(bound));

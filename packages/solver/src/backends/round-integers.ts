import type { LinearProgram } from "../linear-program/linear-program.ts";

/** Backends return 2.9999999997 for 3: whole variables are made whole before anyone reads them. */
export const roundIntegers = ({ variables }: LinearProgram, values: readonly number[]): number[] =>
  variables.map(({ kind }, index) => {
    const value = values[index] ?? 0;
    const nearest = Math.round(value);
    return kind === "integer" && Math.abs(value - nearest) < 1e-6 ? nearest + 0 : value;
  });

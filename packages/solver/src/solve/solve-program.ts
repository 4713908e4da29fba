import { invariant } from "@headroom/core";
import type { Backend, SolveLimits, SolverOutcome } from "../backends/backend.ts";
import { feasibilityReport } from "../feasibility-report/feasibility-report.ts";
import type { LinearProgram } from "../linear-program/linear-program.ts";
import type { Backends } from "./backends.ts";

/** Up to here javascript-lp-solver ends within milliseconds; beyond, and sooner beside fractions, its branching can take for ever. */
const smallProgram = { integers: 12, integersBesideFractions: 2, variables: 120, constraints: 60 } as const;

/** A program that would not be solved in reasonable memory and time is refused before it is tried. */
export const largestProgram = { variables: 200_000, constraints: 200_000 } as const;

export interface Solved {
  readonly outcome: SolverOutcome;
  readonly backend: Backend["name"];
}

/**
 * Solves with the backend that suits the size. What a backend returns is re-checked against the program;
 * where the small one fails the check or its time, the large one is asked.
 */
export const solveProgram = async (program: LinearProgram, limits: SolveLimits, backends: Backends): Promise<Solved> => {
  const { variables, constraints } = program;
  invariant(
    variables.length <= largestProgram.variables && constraints.length <= largestProgram.constraints,
    "the program's size was checked",
  );
  if (isSmall(program)) {
    const outcome = checked(program, backends.small.solve(program, { ...limits, timeLimitSeconds: Math.min(1, limits.timeLimitSeconds) }));
    if (outcome.status !== "no-solution" && outcome.status !== "feasible") return { outcome, backend: backends.small.name };
  }
  const large = await backends.large();
  return { outcome: checked(program, large.solve(program, limits)), backend: large.name };
};

const isSmall = ({ variables, constraints }: LinearProgram): boolean => {
  const integers = variables.filter(({ kind }) => kind === "integer").length;
  const isMixed = integers > 0 && integers < variables.length;
  return (
    integers <= (isMixed ? smallProgram.integersBesideFractions : smallProgram.integers) &&
    variables.length <= smallProgram.variables &&
    constraints.length <= smallProgram.constraints
  );
};

const checked = (program: LinearProgram, outcome: SolverOutcome): SolverOutcome => {
  if (outcome.status !== "optimal" && outcome.status !== "feasible") return outcome;
  const [violation] = feasibilityReport(program, outcome.values);
  return violation === undefined ? outcome : { status: "no-solution", reason: `the values found break the program: ${violation}` };
};

import { invariant } from "@headroom/core";
import type { Constraint, LinearProgram, Term, Variable } from "./linear-program.ts";

/** Collects variables and constraints; a term can name only a variable that the builder gave out. */
export interface ProgramBuilder {
  readonly variable: (variable: Partial<Variable> & Pick<Variable, "label">) => number;
  /** Answers the row's position. */
  readonly constrain: (constraint: Partial<Constraint> & Pick<Constraint, "label" | "terms">) => number;
  readonly program: () => LinearProgram;
}

export const programBuilder = (): ProgramBuilder => {
  const variables: Variable[] = [];
  const constraints: Constraint[] = [];
  return {
    variable: (variable) => {
      const whole = { kind: "continuous" as const, cost: 0, lower: 0, upper: Number.POSITIVE_INFINITY, ...variable };
      invariant(Number.isFinite(whole.cost) && Number.isFinite(whole.lower), `${whole.label} has a finite cost and lower bound`);
      invariant(whole.upper >= whole.lower, `${whole.label} has bounds in order`);
      return variables.push(whole) - 1;
    },
    constrain: (constraint) => {
      const whole = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY, ...constraint };
      invariant(whole.terms.every(isKnown(variables.length)), `${whole.label} uses known variables with finite coefficients`);
      invariant(!Number.isNaN(whole.lower) && whole.upper >= whole.lower, `${whole.label} has bounds in order`);
      return constraints.push(whole) - 1;
    },
    program: () => ({ variables, constraints }),
  };
};

const isKnown =
  (count: number) =>
  ({ variable, coefficient }: Term): boolean =>
    variable >= 0 && variable < count && Number.isFinite(coefficient);

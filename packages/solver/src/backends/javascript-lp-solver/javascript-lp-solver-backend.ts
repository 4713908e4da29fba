import solver from "javascript-lp-solver";
import { feasibilityReport } from "../../feasibility-report/feasibility-report.ts";
import { isContinuous, objectiveAt } from "../../linear-program/linear-program.ts";
import type { Backend } from "../backend.ts";
import { roundIntegers } from "../round-integers.ts";
import { scaledModel, valuesOf } from "./scaled-model.ts";

/**
 * javascript-lp-solver 1.0.3: fast and right on small programs. What it says wrongly is translated here: it calls
 * unbounded "feasible", ends a time limit with fractions that it calls feasible too, and lets a variable named `result`
 * overwrite its answer. So its own status counts only for a run that ended by itself, and values are re-checked.
 */
export const javascriptLpSolver: Backend = {
  name: "javascript-lp-solver",
  solve: (program, { timeLimitSeconds }) => {
    const startedMs = performance.now();
    const timeoutMs = timeLimitSeconds * 1000;
    const answer = answerOf(solver.Solve({ ...scaledModel(program), options: { tolerance: 0, timeout: timeoutMs } }));
    const endedByItself = performance.now() - startedMs < timeoutMs || isContinuous(program);
    if (answer.bounded === false) return { status: "unbounded" };
    if (answer.feasible !== true) {
      return endedByItself ? { status: "infeasible" } : { status: "no-solution", reason: "the time limit came before a plan" };
    }
    const values = roundIntegers(program, valuesOf(program, answer));
    if (feasibilityReport(program, values).length > 0) return { status: "no-solution", reason: "the values found break the program" };
    return endedByItself
      ? { status: "optimal", values, bound: objectiveAt(program, values) }
      : { status: "feasible", values, bound: undefined };
  },
};

/** `Solve` answers an object of flags and values; its own types say `unknown`. */
const answerOf = (answer: unknown): Readonly<Record<string, unknown>> => answer as Readonly<Record<string, unknown>>;

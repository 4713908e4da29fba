import type { LinearProgram } from "../linear-program/linear-program.ts";

export interface SolveLimits {
  readonly timeLimitSeconds: number;
  /** Stop once the incumbent is proved to be within this share of the optimum. 0: prove it. */
  readonly relativeGap: number;
  /** Told the objective of each better answer when it is found, by a backend that knows of it before it ends. */
  readonly onIncumbent?: (objective: number) => void;
}

/**
 * What a backend found. Values come only with a status that has them, so none is read before its status.
 * `bound` is a proved lower bound on the optimum.
 */
export type SolverOutcome =
  | {
      readonly status: "optimal";
      readonly values: readonly number[];
      readonly bound: number;
      /** What one more unit on a row's side would change the cost by; of continuous programs, where the backend knows. */
      readonly rowDuals?: readonly number[];
    }
  | { readonly status: "feasible"; readonly values: readonly number[]; readonly bound: number | undefined }
  | { readonly status: "infeasible" }
  | { readonly status: "unbounded" }
  | { readonly status: "no-solution"; readonly reason: string };

/** A solver behind the one interface that the conformance suite tests. Blocks its thread while it solves. */
export interface Backend {
  readonly name: "javascript-lp-solver" | "highs";
  readonly solve: (program: LinearProgram, limits: SolveLimits) => SolverOutcome;
}

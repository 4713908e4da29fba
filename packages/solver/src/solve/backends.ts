import type { Backend } from "../backends/backend.ts";
import { loadHighsBackend } from "../backends/highs/highs-backend.ts";
import { javascriptLpSolver } from "../backends/javascript-lp-solver/javascript-lp-solver-backend.ts";

/** The two solvers: one that starts at once and is right on small programs, one for the rest. */
export interface Backends {
  readonly small: Backend;
  readonly large: () => Promise<Backend>;
}

let highs: Promise<Backend> | undefined;

/** HiGHS is loaded when first needed and kept. */
export const defaultBackends: Backends = {
  small: javascriptLpSolver,
  large: () => {
    highs ??= loadHighsBackend();
    return highs;
  },
};

import type { Backends } from "./backends.ts";

/** What a solve takes from outside, so that it is deterministic itself. */
export interface SolveTools {
  readonly backends: Backends;
  /** Milliseconds of a clock that only runs forward. */
  readonly nowMs: () => number;
}

import { defaultBackends } from "../solve/backends.ts";
import type { SolveTools } from "../solve/solve-tools.ts";

/** Time stands still, and a comparison that fails its check fails the test. */
export const strictTools: SolveTools = {
  backends: defaultBackends,
  nowMs: () => 0,
  onDefect: (what) => {
    throw new Error(`a comparison fails its check: ${what}`);
  },
};

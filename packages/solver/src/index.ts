export type { Backend, SolveLimits, SolverOutcome } from "./backends/backend.ts";
export { mixMachines } from "./mix-machines.ts";
export { type Monolith, type MonolithInput, solveMonolith } from "./monolith.ts";
export { type PlanFleetInput, planFleet } from "./plan-fleet.ts";
export { decide } from "./replan/decide.ts";
export { withoutCatalog } from "./replan/without-catalog.ts";
export { defaultBackends } from "./solve/backends.ts";
export type { SolveTools } from "./solve/solve-tools.ts";

import type { Fleet, FleetProblem } from "./fleet.ts";
import { type FleetOutcome, solveFleet } from "./solve-fleet.ts";
import { type StagedFleet, solveStages } from "./solve-stages.ts";
import type { SolveTools } from "./solve-tools.ts";
import { type Staging, stageProblems } from "./stage-problems.ts";

/** `told`: the question that the explanation speaks of: in a staged plan one stage by itself, which `fleet` serves. */
export type HorizonOutcome =
  | { readonly kind: "fleet"; readonly fleet: Fleet; readonly told: FleetProblem; readonly staged?: StagedFleet }
  | { readonly kind: "infeasible"; readonly backend: string; readonly told: FleetProblem }
  | Extract<FleetOutcome, { kind: "out-of-time" }>;

/**
 * One fleet for the whole horizon, or one for each stage of it. A staged one is told of at its dearest stage, and
 * what nothing serves in some stage at the busiest month of all.
 */
export const solveHorizon = async (whole: FleetProblem, staging: Staging, tools: SolveTools): Promise<HorizonOutcome> => {
  const stages = stageProblems(whole, staging);
  if (stages.length === 1) {
    const outcome = await solveFleet(whole, tools);
    return outcome.kind === "out-of-time" ? outcome : { ...outcome, told: whole };
  }
  const outcome = await solveStages(stages, whole, tools);
  switch (outcome.kind) {
    case "staged": {
      const { staged } = outcome;
      const dearest = staged.stages.reduce((most, stage) => (stage.fleet.costPerHour >= most.fleet.costPerHour ? stage : most));
      return { kind: "fleet", fleet: dearest.alone, told: dearest.problem, staged };
    }
    case "infeasible":
      return { kind: "infeasible", backend: outcome.backend, told: whole };
    case "out-of-time":
      return outcome;
  }
};

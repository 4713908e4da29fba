import type { PlanRequest } from "@headroom/core";
import { emptyRoom } from "./batch-room.ts";
import type { FleetProblem } from "./fleet.ts";
import { type StagedFleet, solveStages } from "./solve-stages.ts";
import type { SolveTools } from "./solve-tools.ts";
import { type JobsFleet, type JobsOutcome, type JobsProblem, solveWithJobs } from "./solve-with-jobs.ts";
import { stageProblems } from "./stage-problems.ts";

/** `told`: the question that the explanation speaks of: in a staged plan one stage by itself, which `fleet` serves. */
export type HorizonOutcome =
  | ({ readonly kind: "fleet"; readonly told: FleetProblem; readonly staged?: StagedFleet } & JobsFleet)
  | ({ readonly told: FleetProblem } & Extract<JobsOutcome, { kind: "infeasible" }>)
  | Extract<JobsOutcome, { kind: "no-room" | "out-of-time" }>;

/**
 * One fleet for the whole horizon, with jobs beside it, or one for each stage of it. A staged one is told of at its dearest stage,
 * and what nothing serves in some stage at the busiest month of all.
 */
export const solveHorizon = async (whole: JobsProblem, request: PlanRequest, tools: SolveTools): Promise<HorizonOutcome> => {
  const told = whole.services;
  const stages = stageProblems(told, request);
  if (stages.length === 1) {
    const outcome = await solveWithJobs(whole, tools);
    return outcome.kind === "fleet" || outcome.kind === "infeasible" ? { ...outcome, told } : outcome;
  }
  const outcome = await solveStages(stages, told, tools);
  switch (outcome.kind) {
    case "staged": {
      const { staged } = outcome;
      const dearest = staged.stages.reduce((most, stage) => (stage.fleet.costPerHour >= most.fleet.costPerHour ? stage : most));
      const { costPerHour, boundPerHour } = dearest.alone;
      const alone = { fleet: dearest.alone, runs: [], idle: [], costPerHour, boundPerHour, room: emptyRoom(told.rules) };
      return { kind: "fleet", ...alone, told: dearest.problem, staged };
    }
    case "infeasible":
      return { kind: "infeasible", backend: outcome.backend, of: "services", told };
    case "out-of-time":
      return outcome;
  }
};

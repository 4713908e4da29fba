import { divideUsd, type MicroUsd, sumUsd, timesCount } from "@headroom/core";
import { hourGroups } from "../formulate/hour-groups.ts";
import type { Fleet, FleetProblem, StageOfProblem } from "../solve/fleet.ts";
import type { StagedFleet } from "../solve/solve-stages.ts";
import { boundTo } from "../solve/stage-problems.ts";

/** Runners-up and baselines over the whole horizon where a stage is one hour to solve, else of the stage that is told. */
export const overHorizon = (
  problem: FleetProblem,
  { stages, isApart }: StagedFleet,
): { readonly problem: FleetProblem; readonly fleet: Pick<Fleet, "purchases" | "costPerHour"> } => {
  const told = stages.find((stage) => stage.problem.needs === problem.needs) ?? stages[0];
  if (!told || !isApart || hourGroups(problem.needs).length > 1)
    return { problem, fleet: told?.fleet ?? { purchases: [], costPerHour: sumUsd([]) } };
  const horizon = stages.map(({ stage, problem: { needs, rules, switching } }) => ({
    hours: stage.untilHour - stage.fromHour,
    needs,
    rules,
    switching,
  }));
  const costPerHour = meanOver(
    horizon,
    stages.map(({ fleet }) => fleet.costPerHour),
  );
  return { problem: { ...problem, horizon }, fleet: { purchases: stages.flatMap(({ fleet }) => fleet.purchases), costPerHour } };
};

export const meanOver = (horizon: readonly Pick<StageOfProblem, "hours">[], costs: readonly MicroUsd[]): MicroUsd =>
  divideUsd(
    sumUsd(horizon.map(({ hours }, index) => timesCount(costs[index] ?? (0n as MicroUsd), hours))),
    horizon.reduce((sum, { hours }) => sum + hours, 0),
  );

/** The question of each stage, with the candidates and offers that this one is left with. */
export const inEveryStage = ({ horizon = [], ...problem }: FleetProblem): readonly FleetProblem[] =>
  horizon.map(({ needs, rules, switching }) => ({ ...problem, needs, rules, switching, candidates: boundTo(needs, problem) }));

import { hourGroups } from "../formulate/hour-groups.ts";
import { costOfStages } from "../solve/cost-of-stages.ts";
import type { Fleet, FleetProblem } from "../solve/fleet.ts";
import type { StagedFleet } from "../solve/solve-stages.ts";
import { boundTo, type StageProblem } from "../solve/stage-problems.ts";

/** What a comparison is made with. */
export interface Compared {
  readonly problem: FleetProblem;
  readonly fleet: Pick<Fleet, "purchases" | "costPerHour">;
}

/** Runners-up and baselines are of the whole horizon where each stage has one kind of hour, else of the stage that is told of. */
export const overHorizon = (told: Compared, { stages, whole }: StagedFleet): Compared => {
  if (hourGroups(told.problem.needs).length > 1) return told;
  const horizon = {
    stages: stages.map(({ stage, problem: { needs, rules, switching } }) => ({ stage, needs, rules, switching })),
    whole: { needs: whole.needs, rules: whole.rules, switching: whole.switching },
  };
  return {
    problem: { ...told.problem, horizon },
    fleet: { purchases: stages.flatMap(({ fleet }) => fleet.purchases), costPerHour: costOfStages(stages) },
  };
};

/** The question of each stage, with the candidates and offers that this one is left with. */
export const inEveryStage = ({
  horizon,
  ...problem
}: FleetProblem): { readonly stages: readonly StageProblem[]; readonly whole: FleetProblem } => {
  const asked = (of: Pick<FleetProblem, "needs" | "rules" | "switching">): FleetProblem => ({
    ...problem,
    needs: of.needs,
    rules: of.rules,
    switching: of.switching,
    candidates: boundTo(of.needs, problem),
  });
  return {
    stages: (horizon?.stages ?? []).map(({ stage, ...of }) => ({ stage, problem: asked(of) })),
    whole: asked(horizon?.whole ?? problem),
  };
};

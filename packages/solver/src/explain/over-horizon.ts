import type { PlanRequest } from "@headroom/core";
import { hourGroups } from "../formulate/hour-groups.ts";
import type { FleetProblem } from "../solve/fleet.ts";
import type { StagedFleet } from "../solve/solve-stages.ts";
import { boundTo, type StageProblem } from "../solve/stage-problems.ts";
import type { WholeQuestion } from "./whole-question.ts";

/**
 * Runners-up and baselines are of the whole horizon where each stage has one kind of hour, else of the stage that is told of, where
 * it is the busiest of all services.
 */
export const overHorizon = (told: WholeQuestion, { stages, whole }: StagedFleet): WholeQuestion | undefined => {
  if (hourGroups(told.problem.needs).length > 1) return isBusiest(told.problem, whole) ? ofDearestStage(told) : undefined;
  const horizon = {
    stages: stages.map(({ stage, problem: { needs, rules, switching } }) => ({ stage, needs, rules, switching })),
    whole: { needs: whole.needs, rules: whole.rules, switching: whole.switching },
  };
  const { placed } = told.jobs;
  const fleet = { ...placed.fleet, purchases: stages.flatMap((inStage) => inStage.fleet.purchases) };
  return { ...told, problem: { ...told.problem, horizon }, jobs: { ...told.jobs, placed: { ...placed, fleet } } };
};

const isBusiest = ({ needs }: FleetProblem, whole: FleetProblem): boolean =>
  needs.every(({ classes }, index) => classes.every(({ amount }, at) => amount === whole.needs[index]?.classes[at]?.amount));

/** Its own demand in every month: the request as if purchases did not follow what grows. */
const ofDearestStage = (told: WholeQuestion): WholeQuestion => {
  const { input, jobs } = told;
  const { costPerHour, boundPerHour } = jobs.placed.fleet;
  const request: PlanRequest = { ...input.request, purchase: { ...input.request.purchase, stages: "none" } };
  return { ...told, input: { ...input, request }, spent: costPerHour, atLeast: boundPerHour };
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

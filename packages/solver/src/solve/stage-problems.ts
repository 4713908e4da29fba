import { type HorizonStage, horizonStages, hoursApart, invariant, type PlanRequest, type ServiceNeed, serviceNeeds } from "@headroom/core";
import { needsInOrder } from "../formulate/in-order.ts";
import type { FleetProblem } from "./fleet.ts";

/** The question of one stage by itself. */
export interface StageProblem {
  readonly stage: HorizonStage;
  readonly problem: FleetProblem;
}

/** Share of the time limit that stages by themselves leave to a fleet for all of them. */
const keptForFallback = 0.3;

/** And that go to the last and the first, which serve others where time is short. */
const givenToEnds = 0.15;

/** A stage whose hours are all alike is one program; no more than its share of the time goes to it. */
const limitsOf = (
  { limits }: FleetProblem,
  needs: readonly ServiceNeed[],
  { index, of }: { readonly index: number; readonly of: number },
): FleetProblem["limits"] => {
  if (hoursApart(needs) > 1) return limits;
  const isEnd = index === 0 || index === of - 1;
  const share = isEnd ? givenToEnds : (1 - keptForFallback - 2 * givenToEnds) / (of - 2);
  return { ...limits, timeLimitSeconds: share * limits.timeLimitSeconds };
};

/**
 * One question for each stage. A candidate's capacity does not depend on how much is asked, so all stages share the candidates.
 * Starting what the plan in force does not have is paid in the first stage.
 */
export const stageProblems = (whole: FleetProblem, request: PlanRequest): readonly StageProblem[] => {
  const { horizonHours } = whole.rules;
  const stages = horizonStages(request);
  return stages.map((stage, index) => {
    const needs = needsIn(stage, request);
    const { inForce, usdPerHour } = whole.switching;
    const stretch = horizonHours / (stage.untilHour - stage.fromHour);
    const problem: FleetProblem = {
      ...whole,
      needs,
      candidates: boundTo(needs, whole),
      limits: limitsOf(whole, needs, { index, of: stages.length }),
      searchShare: 1 / stages.length,
      deadlineMs: whole.deadlineMs - keptForFallback * 1000 * whole.limits.timeLimitSeconds,
      switching: stage.fromHour === 0 ? { inForce, usdPerHour: usdPerHour * stretch } : { inForce: new Map(), usdPerHour: 0 },
    };
    return { stage, problem };
  });
};

/** Services and classes in the order of the whole horizon's. */
const needsIn = (stage: HorizonStage, request: PlanRequest): readonly ServiceNeed[] => {
  const needs = serviceNeeds(request, stage);
  invariant(needs.ok, "the whole horizon's needs were resolved");
  return needsInOrder(needs.value);
};

/** The candidates of another stage's needs, asked for these. */
export const boundTo = (needs: readonly ServiceNeed[], { candidates }: Pick<FleetProblem, "candidates">): FleetProblem["candidates"] => {
  const byName = new Map(needs.map((need) => [need.name, need]));
  return candidates.map((candidate) => ({ ...candidate, need: byName.get(candidate.need.name) ?? candidate.need }));
};

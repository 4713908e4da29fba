import type { Candidate, MicroUsd, Offer } from "@headroom/core";
import type { HourGroup } from "../formulate/hour-groups.ts";
import { costOfStages } from "../solve/cost-of-stages.ts";
import type { FleetProblem } from "../solve/fleet.ts";
import type { UnitCounts } from "../solve/layered-fleet.ts";
import { nearFleet } from "../solve/near-fleet.ts";
import { quickFleet } from "../solve/quick-fleet.ts";
import { solveFleet } from "../solve/solve-fleet.ts";
import { solveStages } from "../solve/solve-stages.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { inEveryStage } from "./over-horizon.ts";

/** The same question with less to choose from. */
export const withOffers = (problem: FleetProblem, keep: (offer: Offer) => boolean): FleetProblem => ({
  ...problem,
  offers: problem.offers.filter(keep),
});

export const withCandidates = (problem: FleetProblem, keep: (candidate: Candidate) => boolean): FleetProblem => ({
  ...problem,
  candidates: problem.candidates.filter(keep),
});

/** Where one kind is left, few layers of it are as near the best as anything quick. */
export const ofOneKind = (problem: FleetProblem, keep: (candidate: Candidate) => boolean): FleetProblem => ({
  ...withCandidates(problem, keep),
  effort: problem.effort === "whole" ? "whole" : "quick",
});

/** A cost that may be further above the least than this share says nothing of the question that was asked. */
const dependableGap = 0.01;

/** Cost per hour of the cheapest fleet, or undefined where none exists or none was found and proved in time. */
export const cheapestCost = async (problem: FleetProblem, tools: SolveTools): Promise<MicroUsd | undefined> =>
  problem.horizon ? costOverStages(problem, tools) : (await cheapestFleet(problem, tools))?.costPerHour;

/** A fleet that is counted and priced; nobody routes traffic over it. */
export interface CountedFleet {
  readonly groups: readonly HourGroup[];
  /** Units paid for. */
  readonly counts: UnitCounts;
  readonly costPerHour: MicroUsd;
}

/** Weeks are answered by a fleet near the best, or quickly by a good one; no bound is sought for either. */
export const cheapestFleet = async (problem: FleetProblem, tools: SolveTools): Promise<CountedFleet | undefined> => {
  const found = await fleetFor(problem, tools);
  if (!found || problem.effort !== "whole") return found;
  const { costPerHour, boundPerHour } = found;
  const proved = boundPerHour !== undefined && Number(costPerHour - boundPerHour) <= dependableGap * Number(costPerHour);
  return proved ? found : undefined;
};

/** Cost per hour at which a question can be met, whether or not it can be met for less; undefined where nothing was found in time. */
export const attainableCost = async (problem: FleetProblem, tools: SolveTools): Promise<MicroUsd | undefined> =>
  (await fleetFor(problem, tools))?.costPerHour;

const isLate = ({ explainUntilMs, nowMs }: SolveTools): boolean => explainUntilMs !== undefined && nowMs() > explainUntilMs;

const fleetFor = async (
  problem: FleetProblem,
  tools: SolveTools,
): Promise<(CountedFleet & { readonly boundPerHour?: MicroUsd | undefined }) | undefined> => {
  if (isLate(tools)) return undefined;
  const { surcharges, survive } = problem.rules;
  if (problem.effort !== "whole" && !surcharges.egress && survive === "nothing") {
    const found = problem.effort === "near" ? await nearFleet(problem, tools) : quickFleet(problem);
    return found && { groups: found.groups, counts: found.settled.bought, costPerHour: found.costPerHour };
  }
  const outcome = await solveFleet(problem, tools);
  if (outcome.kind !== "fleet") return undefined;
  const { groups, purchases, costPerHour, boundPerHour } = outcome.fleet;
  return { groups, costPerHour, boundPerHour, counts: new Map(purchases.map(({ unit, bought }) => [unit, bought])) };
};

/** The same over all stages of the horizon. */
const costOverStages = async (problem: FleetProblem, tools: SolveTools): Promise<MicroUsd | undefined> => {
  if (isLate(tools)) return undefined;
  const { stages, whole } = inEveryStage(problem);
  const outcome = await solveStages(stages, whole, tools);
  if (outcome.kind !== "staged") return undefined;
  const costPerHour = costOfStages(outcome.staged.stages);
  const { slackPerHour } = outcome.staged;
  const proved = slackPerHour !== undefined && Number(slackPerHour) <= dependableGap * Number(costPerHour);
  return proved || problem.effort !== "whole" ? costPerHour : undefined;
};

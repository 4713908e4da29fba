import type { Candidate, MicroUsd, Offer } from "@headroom/core";
import { costOfStages } from "../solve/cost-of-stages.ts";
import type { FleetProblem } from "../solve/fleet.ts";
import { type QuickFleet, quickFleet } from "../solve/quick-fleet.ts";
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

/** A cost that may be further above the least than this share says nothing of the question that was asked. */
const dependableGap = 0.01;

/** Cost per hour of the cheapest fleet, or undefined where none exists or none was found and proved in time. */
export const cheapestCost = async (problem: FleetProblem, tools: SolveTools): Promise<MicroUsd | undefined> =>
  problem.horizon ? costOverStages(problem, tools) : (await cheapestFleet(problem, tools))?.costPerHour;

/** A fleet that is counted and priced; nobody routes traffic over it. */
export type CountedFleet = Pick<QuickFleet, "groups" | "counts" | "costPerHour">;

/** Weeks are asked for quickly, and answered by a good fleet that no bound was sought for. */
export const cheapestFleet = async (problem: FleetProblem, tools: SolveTools): Promise<CountedFleet | undefined> => {
  const found = await fleetFor(problem, tools);
  if (!found || problem.effort === "quick") return found;
  const { costPerHour, boundPerHour } = found;
  const proved = boundPerHour !== undefined && Number(costPerHour - boundPerHour) <= dependableGap * Number(costPerHour);
  return proved ? found : undefined;
};

/** Cost per hour at which a question can be met, whether or not it can be met for less; undefined where nothing was found in time. */
export const attainableCost = async (problem: FleetProblem, tools: SolveTools): Promise<MicroUsd | undefined> =>
  (await fleetFor(problem, tools))?.costPerHour;

export const isLate = ({ explainUntilMs, nowMs }: SolveTools): boolean => explainUntilMs !== undefined && nowMs() > explainUntilMs;

const fleetFor = async (
  problem: FleetProblem,
  tools: SolveTools,
): Promise<(CountedFleet & { readonly boundPerHour?: MicroUsd | undefined }) | undefined> => {
  if (isLate(tools)) return undefined;
  const { surcharges, survive } = problem.rules;
  if (problem.effort === "quick" && !surcharges.egress && survive === "nothing") return quickFleet(problem);
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
  return proved || problem.effort === "quick" ? costPerHour : undefined;
};

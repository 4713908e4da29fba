import type { Candidate, MicroUsd, Offer } from "@headroom/core";
import type { FleetProblem, StageOfProblem } from "../solve/fleet.ts";
import { solveFleet } from "../solve/solve-fleet.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { inEveryStage, meanOver } from "./over-horizon.ts";

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

/**
 * Cost per hour of the cheapest fleet, or undefined where none exists or none was found and proved in time.
 * Weeks are asked for quickly, and answered by a good fleet that no bound was sought for.
 */
export const cheapestCost = async (problem: FleetProblem, tools: SolveTools): Promise<MicroUsd | undefined> => {
  if (problem.horizon) return meanOfStages(problem, problem.horizon, tools);
  if (tools.explainUntilMs !== undefined && tools.nowMs() > tools.explainUntilMs) return undefined;
  const outcome = await solveFleet(problem, tools);
  if (outcome.kind !== "fleet") return undefined;
  const { costPerHour, boundPerHour } = outcome.fleet;
  const proved = boundPerHour !== undefined && Number(costPerHour - boundPerHour) <= dependableGap * Number(costPerHour);
  return proved || problem.effort === "quick" ? costPerHour : undefined;
};

const meanOfStages = async (
  problem: FleetProblem,
  horizon: readonly StageOfProblem[],
  tools: SolveTools,
): Promise<MicroUsd | undefined> => {
  const costs: MicroUsd[] = [];
  for (const inStage of inEveryStage(problem)) {
    const cost = await cheapestCost(inStage, tools);
    if (cost === undefined) return undefined;
    costs.push(cost);
  }
  return meanOver(horizon, costs);
};

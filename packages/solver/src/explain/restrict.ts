import type { Candidate, MicroUsd, Offer } from "@headroom/core";
import { costOfStages } from "../solve/cost-of-stages.ts";
import type { FleetProblem } from "../solve/fleet.ts";
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

/**
 * Cost per hour of the cheapest fleet, or undefined where none exists or none was found and proved in time.
 * Weeks are asked for quickly, and answered by a good fleet that no bound was sought for.
 */
export const cheapestCost = async (problem: FleetProblem, tools: SolveTools): Promise<MicroUsd | undefined> => {
  if (tools.explainUntilMs !== undefined && tools.nowMs() > tools.explainUntilMs) return undefined;
  if (problem.horizon) return costOverHorizon(problem, tools);
  const outcome = await solveFleet(problem, tools);
  if (outcome.kind !== "fleet") return undefined;
  const { costPerHour, boundPerHour } = outcome.fleet;
  const proved = boundPerHour !== undefined && Number(costPerHour - boundPerHour) <= dependableGap * Number(costPerHour);
  return proved || problem.effort === "quick" ? costPerHour : undefined;
};

const costOverHorizon = async (problem: FleetProblem, tools: SolveTools): Promise<MicroUsd | undefined> => {
  const { stages, whole } = inEveryStage(problem);
  const outcome = await solveStages(stages, whole, tools);
  return outcome.kind === "staged" ? costOfStages(outcome.staged.stages) : undefined;
};

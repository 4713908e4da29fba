import type { Candidate, MicroUsd, Offer } from "@headroom/core";
import type { FleetProblem } from "../solve/fleet.ts";
import { solveFleet } from "../solve/solve-fleet.ts";
import type { SolveTools } from "../solve/solve-tools.ts";

/** The same question with less to choose from. */
export const withOffers = (problem: FleetProblem, keep: (offer: Offer) => boolean): FleetProblem => ({
  ...problem,
  offers: problem.offers.filter(keep),
});

export const withCandidates = (problem: FleetProblem, keep: (candidate: Candidate) => boolean): FleetProblem => ({
  ...problem,
  candidates: problem.candidates.filter(keep),
});

/** Cost per hour of the cheapest fleet, or undefined where none exists or none was found in time. */
export const cheapestCost = async (problem: FleetProblem, tools: SolveTools): Promise<MicroUsd | undefined> => {
  const outcome = await solveFleet(problem, tools);
  return outcome.kind === "fleet" ? outcome.fleet.costPerHour : undefined;
};

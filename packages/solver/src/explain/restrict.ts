import { type Candidate, type MicroUsd, microUsd, type Offer } from "@headroom/core";
import { costOfStages } from "../solve/cost-of-stages.ts";
import type { Fleet, FleetProblem } from "../solve/fleet.ts";
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
  const found = problem.horizon ? await stagesFor(problem, tools) : await fleetFor(problem, tools);
  if (!found) return undefined;
  const { costPerHour, boundPerHour } = found;
  const proved = boundPerHour !== undefined && Number(costPerHour - boundPerHour) <= dependableGap * Number(costPerHour);
  return proved || problem.effort === "quick" ? costPerHour : undefined;
};

/** Cost per hour at which a question can be met, whether or not it can be met for less; undefined where nothing was found in time. */
export const attainableCost = async (problem: FleetProblem, tools: SolveTools): Promise<MicroUsd | undefined> =>
  (await fleetFor(problem, tools))?.costPerHour;

const isLate = ({ explainUntilMs, nowMs }: SolveTools): boolean => explainUntilMs !== undefined && nowMs() > explainUntilMs;

const fleetFor = async (problem: FleetProblem, tools: SolveTools): Promise<Fleet | undefined> => {
  if (isLate(tools)) return undefined;
  const outcome = await solveFleet(problem, tools);
  return outcome.kind === "fleet" ? outcome.fleet : undefined;
};

/** Over all stages of the horizon. */
const stagesFor = async (problem: FleetProblem, tools: SolveTools): Promise<Pick<Fleet, "costPerHour" | "boundPerHour"> | undefined> => {
  if (isLate(tools)) return undefined;
  const { stages, whole } = inEveryStage(problem);
  const outcome = await solveStages(stages, whole, tools);
  if (outcome.kind !== "staged") return undefined;
  const costPerHour = costOfStages(outcome.staged.stages);
  const { slackPerHour } = outcome.staged;
  return { costPerHour, boundPerHour: slackPerHour === undefined ? undefined : microUsd(costPerHour - slackPerHour) };
};

import { hoursPerMonth, type MicroUsd, microUsd, timesCount, toUsd } from "@headroom/core";
import { type BuyableUnit, standingUnits, withoutDominated } from "../formulate/buyable-units.ts";
import { divideUnits } from "../formulate/divide-units.ts";
import { type HourGroup, hourGroups } from "../formulate/hour-groups.ts";
import { boundAt } from "./bound-at-prices.ts";
import { closerOutcome, isLoose } from "./closer-outcome.ts";
import { type ExactWeek, exactWeek, isCovering } from "./exact-week.ts";
import { type FleetProblem, meanCost } from "./fleet.ts";
import { type FleetAsked, type FleetOutcome, fleetOf } from "./fleet-outcome.ts";
import { type BoundOutcome, hourlyBound } from "./hourly-bound.ts";
import { keepsSpotShare } from "./keeps-spot-share.ts";
import { keepsQuotas, layeredFleet, type UnitCounts } from "./layered-fleet.ts";
import { lowerBound } from "./lower-bound.ts";
import type { PricedBin } from "./priced-bins.ts";
import { roundedFleet } from "./rounded-fleet.ts";
import type { Settled } from "./settle-pools.ts";
import { sharedOut } from "./share-out.ts";
import type { SolveTools } from "./solve-tools.ts";
import { solveWhole } from "./solve-whole.ts";
import { withEgress } from "./with-egress.ts";

/** Up to so many whole variables over several hours, the exact program is asked; beyond, hours are taken apart. */
const exactIntegers = 24;

/** A few machines do not come apart by the hour as many do: up to here the exact program is asked as well where the proof is loose. */
const exactIntegersWhereLoose = 150;

/** Finds the cheapest fleet for a question, or that there is none. */
export const solveFleet = (problem: FleetProblem, tools: SolveTools): Promise<FleetOutcome> => {
  const solve = (machines: FleetProblem) => solveMachines(machines, tools);
  return problem.rules.surcharges.egress ? withEgress(problem, solve) : solve(problem);
};

const solveMachines = async (problem: FleetProblem, tools: SolveTools): Promise<FleetOutcome> => {
  const { needs, offers, rules, candidates, switching, deadlineMs } = problem;
  if (tools.nowMs() > deadlineMs) return { kind: "out-of-time", reason: "the time limit came before the question" };
  const standing = standingUnits(candidates, offers, rules, switching);
  const units = withoutDominated(standing, rules, switching);
  const unserved = needs.some((need) => !units.some(({ candidate }) => candidate.need === need));
  if (unserved) return { kind: "infeasible", backend: "none" };
  const groups = hourGroups(needs);
  const integers = units.reduce((sum, { committed }) => sum + (committed ? 1 : groups.length), 0);
  const small = groups.length === 1 || integers <= exactIntegers;
  const asked = { problem, units, groups, divided: needs.length > 1 ? divideUnits(standing, rules, switching) : undefined };
  if (small) return solveWhole(asked, tools);
  const outcome = await solveByHours(asked, tools);
  const mayImprove = problem.effort === "whole" && integers <= exactIntegersWhereLoose && isLoose(outcome, problem.limits.relativeGap);
  if (!mayImprove || tools.nowMs() > deadlineMs) return outcome;
  const limits = { ...problem.limits, timeLimitSeconds: problem.limits.timeLimitSeconds / 3 };
  return closerOutcome(outcome, await solveWhole({ ...asked, problem: { ...problem, limits } }, tools));
};

/** A fleet from layers, one from the relaxation made whole, and a bound from the relaxation's prices. */
const solveByHours = async (asked: FleetAsked, tools: SolveTools): Promise<FleetOutcome> => {
  const { problem, units, groups, divided } = asked;
  const { needs, rules, limits, effort } = problem;
  const layers = layeredFleet({ needs, units, rules, groups, effort });
  if (effort === "quick") return quickFleet(asked, layers, tools);
  const eachStep = { ...limits, timeLimitSeconds: limits.timeLimitSeconds / 3 };
  const bound = await hourlyBound({ needs, units, rules, groups }, eachStep, tools.backends);
  if (bound.kind === "infeasible") return divided ? settleHard(asked, undefined, tools) : bound;
  const rounded =
    bound.kind === "bound" && rules.survive === "nothing"
      ? await roundedFleet({ ...asked, needs, rules, units: bound.used }, eachStep, tools.backends)
      : undefined;
  const exact = rounded && bound.kind === "bound" ? coveredExactly(asked, rounded.counts, bound.bins, tools) : undefined;
  const counts = cheaper(
    [exact?.counts, rounded?.counts, layers, ...layersOfOneKind({ needs, units, rules, groups, effort })].filter(
      (found) => found && keepsQuotas({ rules, groups }, found) && keepsSpotShare(rules, found),
    ),
    groups,
  );
  const settled = counts && sharedOut(asked, counts);
  const proved = await provedBelow(
    asked,
    { bound, bins: rounded?.bins ?? [], exact, cost: settled && meanCost(settled.bought, groups) },
    tools,
  );
  const backend = bound.kind === "bound" ? `hours apart, bound by ${bound.backend}` : "hours apart";
  return settled && !exceedsBudget(meanCost(settled.bought, groups), problem)
    ? wholeFleet(asked, { settled, proved, backend }, tools)
    : settleHard(asked, proved, tools);
};

interface Evidence {
  readonly bound: BoundOutcome;
  /** Every hour by itself, at the prices of a relaxation. */
  readonly bins: readonly PricedBin[];
  readonly exact: ExactWeek | undefined;
  readonly cost: MicroUsd | undefined;
}

/**
 * Dollars an hour below which no fleet is. Where instances may be shared, pieces of them are covered with instead of whole ones, at
 * the same prices; only where these do not prove enough are the pieces priced themselves.
 */
const provedBelow = async (
  { problem, units, groups, divided }: FleetAsked,
  { bound, bins, exact, cost }: Evidence,
  tools: SolveTools,
): Promise<number | undefined> => {
  if (bound.kind !== "bound") return undefined;
  const { needs, rules, limits } = problem;
  const fine = (of: readonly BuyableUnit[]) => (bins.length > 0 ? boundAt({ needs, units: of, rules }, bins) : 0);
  if (!divided) return Math.max(bound.usdPerHour, fine(units), exact?.lower ?? 0);
  const { pieces } = divided;
  const proved = Math.max(boundAt({ needs, units: pieces, rules }, bound.bins), fine(pieces));
  if (cost !== undefined && proved >= toUsd(cost) * (1 - limits.relativeGap)) return proved;
  const eachStep = { ...limits, timeLimitSeconds: limits.timeLimitSeconds / 3 };
  const priced = await hourlyBound({ needs, units: pieces, rules, groups }, eachStep, tools.backends);
  return priced.kind === "bound" ? Math.max(proved, priced.usdPerHour) : proved;
};

const coveredExactly = (
  { problem: { needs, rules, deadlineMs }, units, groups }: FleetAsked,
  counts: UnitCounts,
  bins: readonly PricedBin[],
  { nowMs }: SolveTools,
): ExactWeek | undefined =>
  isCovering({ needs, units, rules })
    ? exactWeek({ needs, units, rules, groups, counts, bins, isLate: () => nowMs() > deadlineMs })
    : undefined;

/** The layers of each accelerator alone: the choice among all of them is greedy and may miss one that is cheaper by itself. */
const layersOfOneKind = (question: Parameters<typeof layeredFleet>[0]): (UnitCounts | undefined)[] => {
  const kindOf = ({ candidate }: BuyableUnit) => candidate.shape.accelerator.id;
  const kinds = [...new Set(question.units.map(kindOf))];
  return kinds.map((kind) => layeredFleet({ ...question, effort: "quick", units: question.units.filter((unit) => kindOf(unit) === kind) }));
};

const notQuickly: FleetOutcome = { kind: "out-of-time", reason: "no fleet was found quickly" };

const quickFleet = (asked: FleetAsked, layers: UnitCounts | undefined, tools: SolveTools): Promise<FleetOutcome> | FleetOutcome =>
  layers ? wholeFleet(asked, { settled: sharedOut(asked, layers), proved: undefined, backend: "hours apart" }, tools) : notQuickly;

interface Found {
  readonly settled: Settled;
  readonly proved: number | undefined;
  readonly backend: string;
}

const wholeFleet = (
  { problem, groups }: FleetAsked,
  { settled, proved, backend }: Found,
  tools: SolveTools,
): Promise<FleetOutcome> | FleetOutcome => {
  const costPerHour = meanCost(settled.bought, groups);
  if (exceedsBudget(costPerHour, problem)) return notQuickly;
  const boundPerHour = proved === undefined ? undefined : lowerBound(proved, [microUsd(1n)], costPerHour);
  return fleetOf(problem, { groups, settled, costPerHour, boundPerHour, backend }, tools);
};

const cheaper = (fleets: readonly (UnitCounts | undefined)[], groups: readonly HourGroup[]): UnitCounts | undefined =>
  fleets
    .filter((counts) => counts !== undefined)
    .reduce<UnitCounts | undefined>(
      (best, counts) => (!best || meanCost(counts, groups) < meanCost(best, groups) ? counts : best),
      undefined,
    );

const exceedsBudget = (costPerHour: MicroUsd, { rules }: FleetProblem): boolean =>
  rules.budgetPerMonth !== undefined && timesCount(costPerHour, hoursPerMonth) > rules.budgetPerMonth;

/** Where nothing found keeps a quota or the budget: a bound above the budget settles it, else the whole program is tried. */
const settleHard = (asked: FleetAsked, proved: number | undefined, tools: SolveTools): Promise<FleetOutcome> | FleetOutcome => {
  const budget = asked.problem.rules.budgetPerMonth;
  if (proved !== undefined && budget !== undefined && proved * hoursPerMonth > toUsd(budget))
    return { kind: "infeasible", backend: "highs" };
  return solveWhole(asked, tools);
};

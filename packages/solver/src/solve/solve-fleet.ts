import { type MicroUsd, microUsd, timesCount, toUsd } from "@headroom/core";
import type { SolveLimits } from "../backends/backend.ts";
import { type BuyableUnit, buyableUnits } from "../formulate/buyable-units.ts";
import { formulateFleet } from "../formulate/formulate-fleet.ts";
import { type HourGroup, hourGroups } from "../formulate/hour-groups.ts";
import { type Fleet, type FleetProblem, meanCost, purchasesOf } from "./fleet.ts";
import { hourlyBound } from "./hourly-bound.ts";
import { keepsQuotas, layeredFleet, type UnitCounts } from "./layered-fleet.ts";
import { lowerBound } from "./lower-bound.ts";
import { roundedFleet } from "./rounded-fleet.ts";
import { solveProgram } from "./solve-program.ts";
import type { SolveTools } from "./solve-tools.ts";

export type FleetOutcome =
  | { readonly kind: "fleet"; readonly fleet: Fleet }
  | { readonly kind: "infeasible"; readonly backend: string }
  | { readonly kind: "out-of-time"; readonly reason: string };

/** Up to so many whole variables over several hours, the exact program is asked; beyond, hours are taken apart. */
const exactIntegers = 24;

/** Finds the cheapest fleet for a question, or that there is none. */
export const solveFleet = async (problem: FleetProblem, tools: SolveTools): Promise<FleetOutcome> => {
  const { needs, offers, rules, candidates, switching } = problem;
  const units = buyableUnits(candidates, offers, rules, switching);
  const unserved = needs.some((need) => !units.some(({ candidate }) => candidate.need === need));
  if (unserved) return { kind: "infeasible", backend: "none" };
  const groups = hourGroups(needs);
  const integers = units.reduce((sum, { committed }) => sum + (committed ? 1 : groups.length), 0);
  const small = groups.length === 1 || integers <= exactIntegers;
  return small ? solveExactly(problem, units, groups, tools) : solveByHours(problem, units, groups, tools);
};

/** One program with every count whole. */
const solveExactly = async (
  { needs, rules, limits, switching }: FleetProblem,
  units: readonly BuyableUnit[],
  groups: readonly HourGroup[],
  tools: SolveTools,
): Promise<FleetOutcome> => {
  const formulation = formulateFleet({ needs, units, rules, groups, switching, kind: "integer" });
  const { outcome, backend } = await solveProgram(formulation.program, limits, tools.backends);
  switch (outcome.status) {
    case "optimal":
    case "feasible": {
      const counts: UnitCounts = new Map(
        units.map((unit, index) => [unit, groups.map((_, group) => outcome.values[formulation.counts[index]?.[group] ?? -1] ?? 0)]),
      );
      const costPerHour = meanCost(counts, groups);
      const started = switchingPerHour(counts, switching);
      const bound = outcome.bound === undefined ? undefined : outcome.bound - started;
      const boundPerHour = bound === undefined ? undefined : boundOf(bound, units, groups, costPerHour);
      return fleetOf(needs, { groups, counts, costPerHour, boundPerHour, backend }, tools);
    }
    case "infeasible":
      return { kind: "infeasible", backend };
    case "unbounded":
      return { kind: "out-of-time", reason: "the program has no least cost" };
    case "no-solution":
      return { kind: "out-of-time", reason: outcome.reason };
  }
};

/** What starting instances costs that the plan in force does not have, spread over the horizon. */
const switchingPerHour = (counts: UnitCounts, { inForce, usdPerHour }: FleetProblem["switching"]): number => {
  const wanted = new Map<string, number>();
  for (const [{ offer, instances }, ofUnit] of counts) wanted.set(offer.id, (wanted.get(offer.id) ?? 0) + instances * Math.max(...ofUnit));
  return usdPerHour * [...wanted].reduce((sum, [id, count]) => sum + Math.max(0, count - (inForce.get(id) ?? 0)), 0);
};

/** With one group of hours a cost is a sum of whole counts times prices; a mean over hours is not. */
const boundOf = (bound: number, units: readonly BuyableUnit[], groups: readonly HourGroup[], cost: MicroUsd): MicroUsd => {
  const prices = groups.length === 1 ? units.map(({ price }) => price) : [microUsd(1n)];
  return lowerBound(bound, prices, cost);
};

/** Layers hour by hour, and a bound from the relaxation's prices. */
const solveByHours = async (
  problem: FleetProblem,
  units: readonly BuyableUnit[],
  groups: readonly HourGroup[],
  tools: SolveTools,
): Promise<FleetOutcome> => {
  const { needs, rules, limits, effort } = problem;
  const layers = layeredFleet({ needs, units, rules, groups, effort });
  if (effort === "quick" && !layers) return { kind: "out-of-time", reason: "no fleet was found quickly" };
  const bound = effort === "quick" ? undefined : await hourlyBound({ needs, units, rules, groups }, limits, tools.backends);
  if (bound?.kind === "infeasible") return bound;
  const rounded =
    bound?.kind === "bound" && rules.survive === "nothing"
      ? await roundedFleet({ needs, units: bound.used, rules, groups }, limits, tools.backends)
      : undefined;
  const counts = cheaper([rounded && keepsQuotas({ rules, groups }, rounded) ? rounded : undefined, layers], groups);
  const costPerHour = counts ? meanCost(counts, groups) : undefined;
  const overBudget = costPerHour !== undefined && exceedsBudget(costPerHour, problem);
  if (!counts || costPerHour === undefined || overBudget) return overBudgetOrExact({ problem, units, groups, limits }, bound, tools);
  const boundPerHour = bound?.kind === "bound" ? lowerBound(bound.usdPerHour, [microUsd(1n)], costPerHour) : undefined;
  return fleetOf(needs, { groups, counts, costPerHour, boundPerHour, backend: backendOf(bound) }, tools);
};

const cheaper = (fleets: readonly (UnitCounts | undefined)[], groups: readonly HourGroup[]): UnitCounts | undefined =>
  fleets
    .filter((counts) => counts !== undefined)
    .reduce<UnitCounts | undefined>(
      (best, counts) => (!best || meanCost(counts, groups) < meanCost(best, groups) ? counts : best),
      undefined,
    );

const backendOf = (bound: Awaited<ReturnType<typeof hourlyBound>> | undefined): string =>
  bound?.kind === "bound" ? `hours apart, bound by ${bound.backend}` : "hours apart";

const exceedsBudget = (costPerHour: MicroUsd, { rules }: FleetProblem): boolean =>
  rules.budgetPerMonth !== undefined && timesCount(costPerHour, 730) > rules.budgetPerMonth;

interface Hard {
  readonly problem: FleetProblem;
  readonly units: readonly BuyableUnit[];
  readonly groups: readonly HourGroup[];
  readonly limits: SolveLimits;
}

/** Where layers break a quota or the budget: a bound above the budget settles it, else the whole program is tried. */
const overBudgetOrExact = async (
  { problem, units, groups }: Hard,
  bound: Awaited<ReturnType<typeof hourlyBound>> | undefined,
  tools: SolveTools,
): Promise<FleetOutcome> => {
  const budget = problem.rules.budgetPerMonth;
  if (bound?.kind === "bound" && budget !== undefined && bound.usdPerHour * 730 > toUsd(budget))
    return { kind: "infeasible", backend: bound.backend };
  if (problem.effort === "quick") return { kind: "out-of-time", reason: "no fleet was found quickly" };
  return solveExactly(problem, units, groups, tools);
};

const fleetOf = async (
  needs: FleetProblem["needs"],
  { counts, ...found }: Omit<Fleet, "purchases"> & { readonly counts: UnitCounts },
  { backends }: SolveTools,
): Promise<FleetOutcome> => {
  const purchases = await purchasesOf(needs, found.groups, counts, backends);
  if (!purchases) return { kind: "out-of-time", reason: "the traffic could not be routed over what was chosen" };
  return { kind: "fleet", fleet: { ...found, purchases } };
};

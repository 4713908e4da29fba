import { hoursPerMonth, type MicroUsd, timesCount } from "@headroom/core";
import { standingUnits } from "../formulate/buyable-units.ts";
import { type HourGroup, hourGroups } from "../formulate/hour-groups.ts";
import { type Fleet, type FleetProblem, meanCost, purchasesOf } from "./fleet.ts";
import { alone } from "./fleet-outcome.ts";
import { layeredFleet } from "./layered-fleet.ts";
import type { Settled } from "./settle-pools.ts";
import type { SolveTools } from "./solve-tools.ts";

export interface QuickFleet {
  readonly groups: readonly HourGroup[];
  readonly settled: Settled;
  /** Mean over the hours. */
  readonly costPerHour: MicroUsd;
}

/** A good fleet of one layer for each way of buying, at once and without a bound; undefined where none keeps the rules. */
export const quickFleet = ({ needs, candidates, offers, rules, switching }: FleetProblem): QuickFleet | undefined => {
  const groups = hourGroups(needs);
  const units = standingUnits(candidates, offers, rules, switching);
  const counts = layeredFleet({ needs, units, rules, groups, effort: "quick" });
  if (!counts) return undefined;
  const costPerHour = meanCost(counts, groups);
  return exceedsBudget(costPerHour, rules) ? undefined : { groups, settled: alone(counts), costPerHour };
};

/** Its traffic routed over it; undefined where that cannot be done. */
export const routedQuickly = async (
  problem: FleetProblem,
  { settled, ...found }: QuickFleet,
  { backends }: SolveTools,
): Promise<Fleet | undefined> => {
  const purchases = await purchasesOf(problem, found.groups, settled, backends);
  return purchases && { ...found, purchases, boundPerHour: undefined, backend: "hours apart" };
};

export const exceedsBudget = (costPerHour: MicroUsd, { budgetPerMonth }: FleetProblem["rules"]): boolean =>
  budgetPerMonth !== undefined && timesCount(costPerHour, hoursPerMonth) > budgetPerMonth;

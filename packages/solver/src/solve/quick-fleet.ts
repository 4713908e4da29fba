import { hoursPerMonth, type MicroUsd, timesCount } from "@headroom/core";
import { standingUnits } from "../formulate/buyable-units.ts";
import { type HourGroup, hourGroups } from "../formulate/hour-groups.ts";
import { type FleetProblem, meanCost } from "./fleet.ts";
import { alone } from "./fleet-outcome.ts";
import { layeredFleet } from "./layered-fleet.ts";
import type { Settled } from "./settle-pools.ts";

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

export const exceedsBudget = (costPerHour: MicroUsd, { budgetPerMonth }: FleetProblem["rules"]): boolean =>
  budgetPerMonth !== undefined && timesCount(costPerHour, hoursPerMonth) > budgetPerMonth;

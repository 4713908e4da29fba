import { hoursPerMonth, timesCount } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { byHour, hourGroups } from "../formulate/hour-groups.ts";
import { type Fleet, type FleetProblem, meanCost, purchasesOf } from "./fleet.ts";
import { unitOn } from "./fleet-beside.ts";
import { alone } from "./fleet-outcome.ts";
import { keepsQuotas } from "./layered-fleet.ts";
import type { SolveTools } from "./solve-tools.ts";

/** A fleet of another stage kept in this one; undefined where it breaks a rule or does not carry the demand. */
export const keptIn = async (
  problem: FleetProblem,
  { purchases, groups, backend }: Fleet,
  tools: SolveTools,
): Promise<Fleet | undefined> => {
  const own = hourGroups(problem.needs);
  const counts = new Map<BuyableUnit, readonly number[]>();
  for (const purchase of purchases) {
    const candidate = problem.candidates.find(({ id }) => id === purchase.unit.candidate.id);
    if (!candidate) return undefined;
    const inHours = byHour(groups, purchase.counts);
    counts.set(
      unitOn(purchase.unit, candidate),
      own.map(({ hours: [hour = 0] }) => inHours[hour] ?? 0),
    );
  }
  const costPerHour = meanCost(counts, own);
  const { budgetPerMonth } = problem.rules;
  const isPaid = budgetPerMonth === undefined || timesCount(costPerHour, hoursPerMonth) <= budgetPerMonth;
  if (!isPaid || !keepsQuotas({ rules: problem.rules, groups: own }, counts)) return undefined;
  const routed = await purchasesOf(problem, own, alone(counts), tools.backends);
  return routed && { groups: own, purchases: routed, costPerHour, boundPerHour: undefined, backend };
};

import { hoursPerMonth, lesserUsd, type MicroUsd, microUsd, noMoney, timesCount } from "@headroom/core";
import { egressOf, leastEgress } from "./egress.ts";
import { type Fleet, type FleetProblem, withRules } from "./fleet.ts";
import type { FleetOutcome } from "./solve-fleet.ts";

type Solve = (machines: FleetProblem) => Promise<FleetOutcome>;

/**
 * Adds the answers' way out to a fleet: what it costs, exactly, to the cost; and to a bound on the machines alone the least that any
 * fleet pays for it. A budget pays for the least of it first, then for what the fleet found takes.
 */
export const withEgress = async (problem: FleetProblem, solve: Solve): Promise<FleetOutcome> => {
  const budget = problem.rules.budgetPerMonth;
  const outcome = await solve(leaving(problem, leastEgress(problem, [], [])));
  if (outcome.kind !== "fleet") return outcome;
  const fleet = fleetWithEgress(problem, outcome.fleet);
  if (budget === undefined || timesCount(fleet.costPerHour, hoursPerMonth) <= budget) return { kind: "fleet", fleet };
  const again = await solve(leaving(problem, microUsd(fleet.costPerHour - outcome.fleet.costPerHour)));
  const second = again.kind === "fleet" ? fleetWithEgress(problem, again.fleet) : undefined;
  return second && timesCount(second.costPerHour, hoursPerMonth) <= budget
    ? { kind: "fleet", fleet: second }
    : { kind: "out-of-time", reason: "no fleet was found that stays in the budget with its egress" };
};

const leaving = (problem: FleetProblem, egress: MicroUsd): FleetProblem => {
  const budget = problem.rules.budgetPerMonth;
  return budget === undefined ? problem : withRules(problem, { budgetPerMonth: microUsd(budget - timesCount(egress, hoursPerMonth)) });
};

const fleetWithEgress = (problem: FleetProblem, { costPerHour, boundPerHour, boundCounts, ...fleet }: Fleet): Fleet => {
  const total = microUsd(costPerHour + egressOf(problem, fleet.purchases, fleet.groups));
  const least = boundCounts === "egress" ? noMoney : leastEgress(problem, fleet.purchases, fleet.groups);
  const bound = boundPerHour === undefined ? undefined : lesserUsd(microUsd(boundPerHour + least), total);
  return { ...fleet, costPerHour: total, boundPerHour: bound, boundCounts: "egress" };
};

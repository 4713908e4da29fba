import { hoursApart, hoursPerMonth, type MicroUsd, microUsd, timesCount } from "@headroom/core";
import { buyableUnits } from "../formulate/buyable-units.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import { type Fleet, type FleetProblem, meanCost, purchasesOf } from "./fleet.ts";
import { hourlyBound } from "./hourly-bound.ts";
import { keepsSpotShare } from "./keeps-spot-share.ts";
import { keepsQuotas, layeredFleet } from "./layered-fleet.ts";
import { lowerBound } from "./lower-bound.ts";
import { roundedFleet } from "./rounded-fleet.ts";
import { type FleetOutcome, solveFleet } from "./solve-fleet.ts";
import type { SolveTools } from "./solve-tools.ts";

/**
 * The cheapest fleet of one stage. Where its hours are alike that is one program, which its share of the time may not be enough
 * for: then layers, the relaxation made whole, and a bound at its prices stand beside what the program came to.
 */
export const solveStage = async (problem: FleetProblem, tools: SolveTools): Promise<FleetOutcome> => {
  const outcome = await solveFleet(problem, tools);
  const isSettled = outcome.kind === "infeasible" || (outcome.kind === "fleet" && isNear(outcome.fleet, problem));
  if (isSettled || hoursApart(problem.needs) > 1 || problem.switching.usdPerHour > 0) return outcome;
  const apart = await withoutProgram(problem, tools);
  if (outcome.kind !== "fleet") return apart ? { kind: "fleet", fleet: apart } : outcome;
  if (!apart) return outcome;
  const cheaper = apart.costPerHour < outcome.fleet.costPerHour ? apart : outcome.fleet;
  return { kind: "fleet", fleet: { ...cheaper, boundPerHour: higher(apart.boundPerHour, outcome.fleet.boundPerHour) } };
};

const isNear = ({ costPerHour, boundPerHour }: Fleet, { limits }: FleetProblem): boolean =>
  boundPerHour !== undefined && Number(costPerHour - boundPerHour) <= limits.relativeGap * Number(costPerHour);

const higher = (a: MicroUsd | undefined, b: MicroUsd | undefined): MicroUsd | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

/** The cheapest of layers and of the relaxation made whole, with the bound at the relaxation's prices. */
const withoutProgram = async (problem: FleetProblem, { backends }: SolveTools): Promise<Fleet | undefined> => {
  const { needs, offers, rules, candidates, switching, limits } = problem;
  const units = buyableUnits(candidates, offers, rules, switching);
  const groups = hourGroups(needs);
  const bound = await hourlyBound({ needs, units, rules, groups }, limits, backends);
  const rounded =
    bound.kind === "bound" && rules.survive === "nothing"
      ? await roundedFleet({ needs, units: bound.used, rules, groups }, limits, backends)
      : undefined;
  const [counts] = [layeredFleet({ needs, units, rules, groups, effort: "whole" }), rounded?.counts]
    .flatMap((found) => (found && keepsQuotas({ rules, groups }, found) && keepsSpotShare(rules, found) ? [found] : []))
    .toSorted((a, b) => Number(meanCost(a, groups) - meanCost(b, groups)));
  if (!counts) return undefined;
  const costPerHour = meanCost(counts, groups);
  if (rules.budgetPerMonth !== undefined && timesCount(costPerHour, hoursPerMonth) > rules.budgetPerMonth) return undefined;
  const purchases = await purchasesOf(problem, groups, counts, backends);
  if (!purchases) return undefined;
  const boundPerHour = bound.kind === "bound" ? lowerBound(bound.usdPerHour, [microUsd(1n)], costPerHour) : undefined;
  return { groups, purchases, costPerHour, boundPerHour, backend: "hours apart" };
};

import { hoursPerMonth, type MicroUsd, microUsd, noMoney, toUsd } from "@headroom/core";
import { type BuyableUnit, buyableUnits } from "../formulate/buyable-units.ts";
import { formulateFleet } from "../formulate/formulate-fleet.ts";
import { type HourGroup, hourGroups } from "../formulate/hour-groups.ts";
import { networksDiffer } from "../formulate/way-out.ts";
import { boundAt } from "./bound-at-prices.ts";
import { closerOutcome, isLoose } from "./closer-outcome.ts";
import { exactWeek, isCovering } from "./exact-week.ts";
import { type Fleet, type FleetProblem, meanCost, purchasesOf } from "./fleet.ts";
import { hourlyBound } from "./hourly-bound.ts";
import { inTime } from "./in-time.ts";
import { keepsSpotShare } from "./keeps-spot-share.ts";
import { keepsQuotas, layeredFleet, type UnitCounts } from "./layered-fleet.ts";
import { boundBelow, lowerBound } from "./lower-bound.ts";
import { exceedsBudget, quickFleet } from "./quick-fleet.ts";
import { roundedFleet } from "./rounded-fleet.ts";
import { largestProgram, solveProgram } from "./solve-program.ts";
import type { SolveTools } from "./solve-tools.ts";
import { survivingFleet } from "./surviving-fleet.ts";
import { withEgress } from "./with-egress.ts";

export type FleetOutcome =
  | { readonly kind: "fleet"; readonly fleet: Fleet }
  | { readonly kind: "infeasible"; readonly backend: string }
  | { readonly kind: "out-of-time"; readonly reason: string };

/** Up to so many whole variables over several hours, the exact program is asked; beyond, hours are taken apart. */
const exactIntegers = 24;

/** A few machines do not come apart by the hour as many do: up to here the exact program is asked as well where the proof is loose. */
const exactIntegersWhereLoose = 150;

/** Finds the cheapest fleet for a question, or that there is none. */
export const solveFleet = (problem: FleetProblem, unhurried: SolveTools): Promise<FleetOutcome> => {
  const tools = inTime(unhurried, problem.deadlineMs);
  const solve = (machines: FleetProblem) => solveMachines(machines, tools);
  return problem.rules.surcharges.egress ? withEgress(problem, solve) : solve(problem);
};

const solveMachines = async (problem: FleetProblem, tools: SolveTools): Promise<FleetOutcome> => {
  const { needs, offers, rules, candidates, switching } = problem;
  if (tools.nowMs() > problem.deadlineMs) return { kind: "out-of-time", reason: "the time limit came before the question" };
  if (needs.length === 0) return nothingToServe;
  const units = buyableUnits(candidates, offers, rules, switching);
  const unserved = needs.some((need) => !units.some(({ candidate }) => candidate.need === need));
  if (unserved) return { kind: "infeasible", backend: "none" };
  const groups = hourGroups(needs);
  const integers = units.reduce((sum, { committed }) => sum + (committed ? 1 : groups.length), 0);
  const asked = { problem, units, groups };
  const survives = rules.survive !== "nothing" && integers > exactIntegers && !(groups.length === 1 && switching.usdPerHour > 0);
  if (!survives && isWholeFirst(asked, integers)) return wholeFirst(asked, tools);
  if (!survives && problem.effort === "quick") return quickly(problem, tools);
  const outcome = await (survives ? solveSurviving : solveByHours)(asked, tools);
  const mayImprove = problem.effort === "whole" && (integers <= exactIntegersWhereLoose || groups.length === 1);
  return mayImprove && isOpen(outcome, problem, tools) ? closerOutcome(outcome, await wholeInPart(asked, tools)) : outcome;
};

/** Whether an answer is not proved as closely as was asked, and time is left. */
const isOpen = (outcome: FleetOutcome, { limits, deadlineMs }: FleetProblem, { nowMs }: SolveTools): boolean =>
  isLoose(outcome, limits.relativeGap) && nowMs() <= deadlineMs;

/** The whole program; where it leaves one hour open, the hours' own way beside it. */
const wholeFirst = async (asked: ByHours, tools: SolveTools): Promise<FleetOutcome> => {
  const { problem, units, groups } = asked;
  const outcome = await solveExactly(problem, units, groups, tools);
  const mayImprove = groups.length === 1 && problem.switching.usdPerHour === 0;
  return mayImprove && isOpen(outcome, problem, tools) ? closerOutcome(outcome, await solveByHours(asked, tools)) : outcome;
};

/** The whole program in a part of the time. */
const wholeInPart = ({ problem, units, groups }: ByHours, tools: SolveTools): Promise<FleetOutcome> => {
  const limits = { ...problem.limits, timeLimitSeconds: problem.limits.timeLimitSeconds / 3 };
  return solveExactly({ ...problem, limits }, units, groups, tools);
};

/** Little to decide, or one hour of it that nothing but the whole program answers well: the cheapest of one kind, or starting costs. */
const isWholeFirst = ({ problem, groups }: ByHours, integers: number): boolean => {
  const { needs, switching } = problem;
  if (integers <= exactIntegers) return true;
  if (groups.length > 1) return false;
  const isOneKind = needs.length === 1 && needs[0]?.classes.length === 1;
  return isOneKind || integers <= exactIntegersWhereLoose || switching.usdPerHour > 0;
};

/** A good fleet, without a bound. */
const quickly = async (problem: FleetProblem, tools: SolveTools): Promise<FleetOutcome> => {
  const found = quickFleet(problem);
  return found
    ? fleetOf(problem, { ...found, boundPerHour: undefined, backend: "hours apart" }, tools)
    : { kind: "out-of-time", reason: "no fleet was found quickly" };
};

const nothingToServe: FleetOutcome = {
  kind: "fleet",
  fleet: { groups: hourGroups([]), purchases: [], costPerHour: noMoney, boundPerHour: noMoney, backend: "none" },
};

/** One program with every count whole. */
const solveExactly = async (
  problem: FleetProblem,
  units: readonly BuyableUnit[],
  groups: readonly HourGroup[],
  tools: SolveTools,
): Promise<FleetOutcome> => {
  const { needs, rules, limits, switching } = problem;
  const egress = networksDiffer(units) ? "counted" : "apart";
  const formulation = formulateFleet({ needs, units, rules, groups, switching, egress, kind: "integer" });
  if (formulation.program.variables.length > largestProgram.variables)
    return { kind: "out-of-time", reason: "the whole program is too large" };
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
      const found = { groups, counts, costPerHour, backend };
      if (egress === "counted") {
        const boundPerHour = bound === undefined ? undefined : boundBelow(bound);
        return fleetOf(problem, { ...found, boundPerHour, boundCounts: "egress" }, tools);
      }
      const boundPerHour = bound === undefined ? undefined : boundOf(bound, units, groups, costPerHour);
      return fleetOf(problem, { ...found, boundPerHour }, tools);
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

interface ByHours {
  readonly problem: FleetProblem;
  readonly units: readonly BuyableUnit[];
  readonly groups: readonly HourGroup[];
}

/** A fleet from layers, one from the relaxation made whole, and a bound from the relaxation's prices. */
const solveByHours = async (asked: ByHours, tools: SolveTools): Promise<FleetOutcome> => {
  const { problem, units, groups } = asked;
  const { needs, rules, limits } = problem;
  const question = { needs, units, rules, groups };
  const bound = await hourlyBound(question, limits, tools.backends);
  if (bound.kind === "infeasible") return bound;
  const rounded =
    bound.kind === "bound" && rules.survive === "nothing"
      ? await roundedFleet({ ...question, units: bound.used, all: units, coarse: bound }, limits, tools.backends)
      : undefined;
  const commits = bound.kind === "bound" && bound.used.some(({ committed }) => committed);
  const fine = rounded && commits && rounded.bins.length > 0 ? boundAt(question, rounded.bins) : 0;
  const exact =
    rounded && bound.kind === "bound" && isCovering(question)
      ? exactWeek({ ...question, counts: rounded.counts, bins: bound.bins, isLate: () => tools.nowMs() > problem.deadlineMs })
      : undefined;
  const proved = bound.kind === "bound" ? Math.max(bound.usdPerHour, fine, exact?.lower ?? 0) : undefined;
  const layers = layeredFleet({ ...question, effort: "whole" });
  const counts = cheaper(
    [exact?.counts, rounded?.counts, layers, ...layersOfOneKind(question)].filter(
      (found) => found && keepsQuotas(question, found) && keepsSpotShare(rules, found),
    ),
    groups,
  );
  const backend = bound.kind === "bound" ? `hours apart, bound by ${bound.backend}` : "hours apart";
  return counts && !exceedsBudget(meanCost(counts, groups), rules)
    ? wholeFleet(asked, { counts, proved, backend }, tools)
    : settleHard(asked, proved, tools);
};

/** A fleet and a bound hour by hour; what no quota or budget lets through is left to the whole program. */
const solveSurviving = async (asked: ByHours, tools: SolveTools): Promise<FleetOutcome> => {
  const { problem, groups } = asked;
  const found = survivingFleet({ ...asked, isLate: () => tools.nowMs() > problem.deadlineMs });
  if (found.kind === "infeasible") return { kind: "infeasible", backend: "hours apart" };
  const proved = problem.effort === "quick" ? undefined : found.usdPerHourAtLeast;
  return found.counts && !exceedsBudget(meanCost(found.counts, groups), problem.rules)
    ? wholeFleet(asked, { counts: found.counts, proved, backend: "hours apart" }, tools)
    : settleHard(asked, proved, tools);
};

/** The layers of each accelerator alone: the choice among all of them is greedy and may miss one that is cheaper by itself. */
const layersOfOneKind = (question: Omit<Parameters<typeof layeredFleet>[0], "effort">): (UnitCounts | undefined)[] => {
  const kindOf = ({ candidate }: BuyableUnit) => candidate.shape.accelerator.id;
  const kinds = [...new Set(question.units.map(kindOf))];
  return kinds.map((kind) => layeredFleet({ ...question, effort: "quick", units: question.units.filter((unit) => kindOf(unit) === kind) }));
};

interface Found {
  readonly counts: UnitCounts;
  readonly proved: number | undefined;
  readonly backend: string;
}

const wholeFleet = ({ problem, groups }: ByHours, { counts, proved, backend }: Found, tools: SolveTools): Promise<FleetOutcome> => {
  const costPerHour = meanCost(counts, groups);
  const boundPerHour = proved === undefined ? undefined : lowerBound(proved, [microUsd(1n)], costPerHour);
  return fleetOf(problem, { groups, counts, costPerHour, boundPerHour, backend }, tools);
};

const cheaper = (fleets: readonly (UnitCounts | undefined)[], groups: readonly HourGroup[]): UnitCounts | undefined =>
  fleets
    .filter((counts) => counts !== undefined)
    .reduce<UnitCounts | undefined>(
      (best, counts) => (!best || meanCost(counts, groups) < meanCost(best, groups) ? counts : best),
      undefined,
    );

/** Where nothing found keeps a quota or the budget: a bound above the budget settles it, else the whole program is tried. */
const settleHard = (
  { problem, units, groups }: ByHours,
  proved: number | undefined,
  tools: SolveTools,
): Promise<FleetOutcome> | FleetOutcome => {
  const budget = problem.rules.budgetPerMonth;
  if (proved !== undefined && budget !== undefined && proved * hoursPerMonth > toUsd(budget))
    return { kind: "infeasible", backend: "highs" };
  return solveExactly(problem, units, groups, tools);
};

const fleetOf = async (
  problem: FleetProblem,
  { counts, ...found }: Omit<Fleet, "purchases"> & { readonly counts: UnitCounts },
  { backends }: SolveTools,
): Promise<FleetOutcome> => {
  const purchases = await purchasesOf(problem, found.groups, counts, backends);
  if (!purchases) return { kind: "out-of-time", reason: "the traffic could not be routed over what was chosen" };
  return { kind: "fleet", fleet: { ...found, purchases } };
};

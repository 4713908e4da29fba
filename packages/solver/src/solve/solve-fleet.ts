import { hoursPerMonth, microUsd, noMoney, toUsd } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import { cheapestKept } from "./cheapest-kept.ts";
import { closerOutcome, isLoose } from "./closer-outcome.ts";
import { type ExactWeek, exactWeek, isCovering } from "./exact-week.ts";
import { fewMachines, fewMachinesApart } from "./few-machines.ts";
import { type Fleet, type FleetProblem, meanCost } from "./fleet.ts";
import { alone, askedOf, type FleetAsked, type FleetOutcome, fleetOf, leavesUnserved, unroutable } from "./fleet-outcome.ts";
import { hourlyBound } from "./hourly-bound.ts";
import { inTime } from "./in-time.ts";
import { layeredFleet, type UnitCounts } from "./layered-fleet.ts";
import { lowerBound } from "./lower-bound.ts";
import { nearFleet } from "./near-fleet.ts";
import type { PricedBin } from "./priced-bins.ts";
import { provedBelow } from "./proved-below.ts";
import { exceedsBudget, quickFleet, routedQuickly } from "./quick-fleet.ts";
import { roundedFleet } from "./rounded-fleet.ts";
import type { Settled } from "./settle-pools.ts";
import { sharedOut } from "./share-out.ts";
import type { SolveTools } from "./solve-tools.ts";
import { solveWhole } from "./solve-whole.ts";
import { survivingFleet } from "./surviving-fleet.ts";
import { withEgress } from "./with-egress.ts";

/** Up to so many whole variables over several hours, the exact program is asked; beyond, hours are taken apart. */
const exactIntegers = 24;

/** A few machines do not come apart by the hour as many do: up to here the exact program is asked as well where the proof is loose. */
const exactIntegersWhereLoose = 150;

/** Finds the cheapest fleet for a question, or that there is none. */
export const solveFleet = (problem: FleetProblem, unhurried: SolveTools): Promise<FleetOutcome> => {
  const tools = inTime(unhurried, problem.deadlineMs);
  const solve = async (machines: FleetProblem) => {
    const outcome = await solveMachines(machines, tools);
    if (outcome.kind === "fleet") tools.onFleet?.(outcome.fleet.costPerHour);
    return outcome;
  };
  return problem.rules.surcharges.egress ? withEgress(problem, solve) : solve(problem);
};

const solveMachines = async (problem: FleetProblem, tools: SolveTools): Promise<FleetOutcome> => {
  const { needs, rules, switching } = problem;
  if (tools.nowMs() > problem.deadlineMs) return { kind: "out-of-time", reason: "the time limit came before the question" };
  if (needs.length === 0) return nothingToServe;
  const asked = askedOf(problem);
  const { units, groups } = asked;
  if (leavesUnserved(asked)) return { kind: "infeasible", backend: "none" };
  const integers = units.reduce((sum, { committed }) => sum + (committed ? 1 : groups.length), 0);
  const survives = rules.survive !== "nothing" && integers > exactIntegers && !(groups.length === 1 && switching.usdPerHour > 0);
  if (!survives && isWholeFirst(asked, integers)) return wholeFirst(asked, tools);
  if (!survives && problem.effort !== "whole") return quickly(problem, tools);
  const outcome = await (survives ? solveSurviving : solveWeek)(asked, tools);
  const mayImprove = problem.effort === "whole" && (integers <= exactIntegersWhereLoose || groups.length === 1);
  return mayImprove && isOpen(outcome, problem, tools) ? closerOutcome(outcome, await solveWhole(inPart(asked), tools)) : outcome;
};

/** A week of few machines exactly; where it is none, or that leaves it open, the hours' own way beside it. */
const solveWeek = async (asked: FleetAsked, tools: SolveTools): Promise<FleetOutcome> => {
  const exact = asked.groups.length > 1 ? await solveFew(asked, tools) : undefined;
  if (exact && !isOpen(exact, asked.problem, tools)) return exact;
  const other = await solveByHours(asked, tools);
  return exact ? closerOutcome(closerOutcome(exact, other), await solveFewApart(asked, tools)) : other;
};

/** Whether an answer is not proved as closely as was asked, and time is left. */
const isOpen = (outcome: FleetOutcome, { limits, deadlineMs }: FleetProblem, { nowMs }: SolveTools): boolean =>
  isLoose(outcome, limits.relativeGap) && nowMs() <= deadlineMs;

/** The whole program, or both where instances may be shared; where that leaves one hour open, the hours' own way beside it. */
const wholeFirst = async (asked: FleetAsked, tools: SolveTools): Promise<FleetOutcome> => {
  const { problem, groups, divided } = asked;
  const outcome = await solveWhole(divided ? inPart(asked) : asked, tools);
  const mayImprove = groups.length === 1 && problem.switching.usdPerHour === 0;
  return mayImprove && isOpen(outcome, problem, tools) ? closerOutcome(outcome, await solveByHours(asked, tools)) : outcome;
};

/** The same question where each program has a part of the time. */
const inPart = (asked: FleetAsked): FleetAsked => {
  const { limits } = asked.problem;
  return { ...asked, problem: { ...asked.problem, limits: { ...limits, timeLimitSeconds: limits.timeLimitSeconds / 3 } } };
};

/** Little to decide, or one hour of it that nothing but the whole program answers well: the cheapest of one kind, or starting costs. */
const isWholeFirst = (asked: FleetAsked, integers: number): boolean => {
  const { needs, switching } = asked.problem;
  const { groups, divided } = asked;
  const isSmall = integers <= exactIntegers;
  if (mayBeginByHours(asked)) return isSmall && !divided;
  if (isSmall) return true;
  if (groups.length > 1) return false;
  const isOneKind = needs.length === 1 && needs[0]?.classes.length === 1;
  return isOneKind || integers <= exactIntegersWhereLoose || switching.usdPerHour > 0;
};

const mayBeginByHours = ({ problem: { begins, rules, switching }, groups }: FleetAsked): boolean =>
  begins === "by hours" && groups.length === 1 && rules.survive === "nothing" && switching.usdPerHour === 0;

/** A good fleet, without a bound. */
const quickly = async (problem: FleetProblem, tools: SolveTools): Promise<FleetOutcome> => {
  const found = problem.effort === "near" ? await nearFleet(problem, tools) : quickFleet(problem);
  if (!found) return { kind: "out-of-time", reason: "no fleet was found quickly" };
  const fleet = await routedQuickly(problem, found, tools);
  return fleet ? { kind: "fleet", fleet } : unroutable;
};

const nothingToServe: FleetOutcome = {
  kind: "fleet",
  fleet: { groups: hourGroups([]), purchases: [], costPerHour: noMoney, boundPerHour: noMoney, backend: "none" },
};

/** A fleet from layers, one from the relaxation made whole, and a bound from the relaxation's prices. */
const solveByHours = async (asked: FleetAsked, tools: SolveTools): Promise<FleetOutcome> => {
  const { problem, units, groups, divided } = asked;
  const { needs, rules, limits } = problem;
  const question = { needs, units, rules, groups };
  const isLate = () => tools.nowMs() > problem.deadlineMs;
  const atOnce = told(asked, [layeredFleet({ ...question, effort: "whole" })], tools);
  const layers = told(asked, [atOnce, ...layersOfOneKind(question)], tools);
  const bound = await hourlyBound(question, limits, tools.backends);
  if (bound.kind === "infeasible") return divided ? settleHard(asked, undefined, tools) : bound;
  const rounded =
    bound.kind === "bound" && rules.survive === "nothing"
      ? await roundedFleet({ ...question, units: bound.used, all: units, coarse: bound, isLate }, limits, tools.backends)
      : undefined;
  const exact = rounded && bound.kind === "bound" ? coveredExactly(asked, rounded.counts, bound.bins, tools) : undefined;
  const counts = cheapestKept(asked, [told(asked, [exact?.counts, rounded?.counts], tools), layers]);
  const settled = counts && sharedOut(asked, counts);
  const cost = settled && meanCost(settled.bought, groups);
  const proved = await provedBelow(asked, { bound, bins: rounded?.bins ?? [], exact, cost }, tools);
  const backend = bound.kind === "bound" ? `hours apart, bound by ${bound.backend}` : "hours apart";
  return settled && !exceedsBudget(meanCost(settled.bought, groups), rules)
    ? wholeFleet(asked, { settled, proved, backend, ...(bound.kind === "bound" ? { prices: bound.bins } : {}) }, tools)
    : settleHard(asked, proved, tools);
};

/** The cheapest that keeps the quotas and the spot share; told of where it is within the budget too. */
const told = (asked: FleetAsked, found: readonly (UnitCounts | undefined)[], { onFleet }: SolveTools): UnitCounts | undefined => {
  const counts = cheapestKept(asked, found);
  const cost = counts && meanCost(counts, asked.groups);
  if (cost !== undefined && !exceedsBudget(cost, asked.problem.rules)) onFleet?.(cost);
  return counts;
};

const coveredExactly = (
  { problem: { needs, rules, deadlineMs, searchShare: share = 1 }, units, groups }: FleetAsked,
  counts: UnitCounts,
  bins: readonly PricedBin[],
  { nowMs }: SolveTools,
): ExactWeek | undefined =>
  isCovering({ needs, units, rules })
    ? exactWeek({ needs, units, rules, groups, counts, bins, share, isLate: () => nowMs() > deadlineMs })
    : undefined;

/** A week of few machines, where it is one and keeps the budget. */
const solveFew = async (asked: FleetAsked, tools: SolveTools): Promise<FleetOutcome | undefined> => {
  const found = await fewMachines(asked, tools);
  if (!found || exceedsBudget(meanCost(found.settled.bought, asked.groups), asked.problem.rules)) return undefined;
  return wholeFleet(asked, { settled: found.settled, proved: found.usdPerHourAtLeast, backend: "hours apart" }, tools);
};

/** A fleet without a bound. */
const solveFewApart = async (asked: FleetAsked, tools: SolveTools): Promise<FleetOutcome> => {
  const settled = await fewMachinesApart(asked, tools);
  return settled && !exceedsBudget(meanCost(settled.bought, asked.groups), asked.problem.rules)
    ? wholeFleet(asked, { settled, proved: undefined, backend: "hours apart" }, tools)
    : { kind: "out-of-time", reason: "no fleet was found that shares nothing" };
};

/** A fleet and a bound hour by hour; what no quota or budget lets through is left to the whole program. */
const solveSurviving = async (asked: FleetAsked, tools: SolveTools): Promise<FleetOutcome> => {
  const { problem, units, groups } = asked;
  const found = survivingFleet({ problem, units, groups, isLate: () => tools.nowMs() > problem.deadlineMs });
  if (found.kind === "infeasible") return { kind: "infeasible", backend: "hours apart" };
  const proved = problem.effort === "whole" ? found.usdPerHourAtLeast : undefined;
  return found.counts && !exceedsBudget(meanCost(found.counts, groups), problem.rules)
    ? wholeFleet(asked, { settled: alone(found.counts), proved, backend: "hours apart" }, tools)
    : settleHard(asked, proved, tools);
};

/** The layers of each accelerator alone: the choice among all of them is greedy and may miss one that is cheaper by itself. */
const layersOfOneKind = (question: Omit<Parameters<typeof layeredFleet>[0], "effort">): (UnitCounts | undefined)[] => {
  const kindOf = ({ candidate }: BuyableUnit) => candidate.shape.accelerator.id;
  const kinds = [...new Set(question.units.map(kindOf))];
  return kinds.map((kind) => layeredFleet({ ...question, effort: "quick", units: question.units.filter((unit) => kindOf(unit) === kind) }));
};

interface Found extends Pick<Fleet, "backend" | "prices"> {
  readonly settled: Settled;
  readonly proved: number | undefined;
}

const wholeFleet = ({ problem, groups }: FleetAsked, { settled, proved, ...found }: Found, tools: SolveTools): Promise<FleetOutcome> => {
  const costPerHour = meanCost(settled.bought, groups);
  const boundPerHour = proved === undefined ? undefined : lowerBound(proved, [microUsd(1n)], costPerHour);
  return fleetOf(problem, { ...found, groups, settled, costPerHour, boundPerHour }, tools);
};

/** Where nothing found keeps a quota or the budget: a bound above the budget settles it, else the whole program is tried. */
const settleHard = (asked: FleetAsked, proved: number | undefined, tools: SolveTools): Promise<FleetOutcome> | FleetOutcome => {
  const budget = asked.problem.rules.budgetPerMonth;
  if (proved !== undefined && budget !== undefined && proved * hoursPerMonth > toUsd(budget))
    return { kind: "infeasible", backend: "highs" };
  return solveWhole(asked, tools);
};

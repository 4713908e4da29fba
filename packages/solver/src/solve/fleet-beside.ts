import { type BuyingRules, hoursPerMonth, isCommitted, microUsd, noMoney, type Offer, soldAs, sumUsd, timesCount } from "@headroom/core";
import { type BuyableUnit, standingUnits } from "../formulate/buyable-units.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import { withoutDominated } from "../formulate/undominated-units.ts";
import type { Commitments, Standing } from "./commitment-paths.ts";
import { keyOfUnit } from "./commitment-paths.ts";
import { hoursBeside, isCovering } from "./exact-week.ts";
import { type Fleet, type FleetProblem, meanCost, purchasesOf } from "./fleet.ts";
import { alone } from "./fleet-outcome.ts";
import { exceedsBudget } from "./quick-fleet.ts";
import { solveFleet } from "./solve-fleet.ts";
import type { SolveTools } from "./solve-tools.ts";

export interface BesideQuestion {
  readonly problem: FleetProblem;
  readonly standing: Commitments;
  /** Whether further commitments may join those that stand. */
  readonly joining: "commitments-too" | "by-the-hour-only";
}

/**
 * A fleet in which commitments already stand: they are asked for at no price, as many as there are and for their own candidate,
 * and what they draw on is taken from quotas and budget. All of them are paid for, used or not.
 */
export const fleetBeside = async ({ problem, standing, joining }: BesideQuestion, tools: SolveTools): Promise<Fleet | undefined> => {
  const units = [...standing.values()].flatMap((one) => standingIn(problem, one) ?? []);
  if (units.length < standing.size) return undefined;
  const exactly = joining === "by-the-hour-only" ? await coveredBeside(problem, units, tools) : undefined;
  return exactly ?? askedBeside({ problem, joining, units }, tools);
};

/** Where an hour is a covering problem, the cheapest hours beside what stands. */
const coveredBeside = async (problem: FleetProblem, standing: readonly InStage[], tools: SolveTools): Promise<Fleet | undefined> => {
  const { needs, candidates, offers, rules, switching, deadlineMs, searchShare: share = 1 } = problem;
  const hourly = withoutDominated(standingUnits(candidates, offers, rules, switching), rules, switching).filter(
    ({ committed }) => !committed,
  );
  const units = [...hourly, ...standing.map(({ unit }) => unit)];
  if (!isCovering({ needs, units, rules })) return undefined;
  const groups = hourGroups(needs);
  const counts = new Map(standing.map(({ unit, count }) => [unit, groups.map(() => count)]));
  const beside = hoursBeside({ needs, units, rules, groups, counts, share, isLate: () => tools.nowMs() > deadlineMs });
  if (!beside) return undefined;
  const costPerHour = meanCost(beside, groups);
  const purchases = exceedsBudget(costPerHour, rules) ? undefined : await purchasesOf(problem, groups, alone(beside), tools.backends);
  return purchases && { groups, purchases, costPerHour, boundPerHour: undefined, backend: "hours apart" };
};

interface AskedBeside extends Pick<BesideQuestion, "problem" | "joining"> {
  readonly units: readonly InStage[];
}

const askedBeside = async ({ problem, joining, units }: AskedBeside, tools: SolveTools): Promise<Fleet | undefined> => {
  const rules = rulesBeside(problem.rules, units);
  if (rules.quotas.some(({ max }) => max < 0) || (rules.budgetPerMonth ?? 0n) < 0n) return undefined;
  const inForce = new Map(problem.switching.inForce);
  for (const { unit, free } of units) inForce.set(free.id, inForce.get(unit.offer.id) ?? 0);
  const outcome = await solveFleet(
    {
      ...problem,
      candidates: [
        ...problem.candidates,
        ...units.map(({ unit: { candidate }, free }) => ({ ...candidate, shape: { ...candidate.shape, offers: [free] } })),
      ],
      offers: [...problem.offers.filter((offer) => joining === "commitments-too" || !isCommitted(offer)), ...units.map(({ free }) => free)],
      rules,
      switching: { ...problem.switching, inForce },
    },
    tools,
  );
  return outcome.kind === "fleet" ? withStanding(problem, { fleet: outcome.fleet, units }, tools) : undefined;
};

interface InStage extends Standing {
  /** What stands for it in the question: free of charge, and no more than there are. */
  readonly free: Offer;
}

const standingIn = (problem: FleetProblem, { unit, count }: Standing): InStage | undefined => {
  const candidate = problem.candidates.find(({ id }) => id === unit.candidate.id);
  if (!candidate) return undefined;
  const bound: BuyableUnit = unitOn(unit, candidate);
  return {
    unit: bound,
    count,
    free: { ...unit.offer, id: `standing: ${keyOfUnit(bound)}`, listPrice: noMoney, stock: count * unit.instances },
  };
};

/** The same unit for the demand of another stage. */
export const unitOn = (unit: BuyableUnit, candidate: BuyableUnit["candidate"]): BuyableUnit => ({
  ...unit,
  candidate,
  mixCapacity: 1 / candidate.need.classes.reduce((sum, { amount }, index) => sum + amount / (unit.capacities[index] ?? 0), 0),
});

const rulesBeside = (rules: BuyingRules, units: readonly InStage[]): BuyingRules => {
  const standing = new Set(units.map(({ free }) => free.id));
  const paid = sumUsd(units.map(({ unit, count }) => timesCount(unit.price, count * hoursPerMonth)));
  const left = rules.quotas.map((quota) => ({
    ...quota,
    covers: (sold: Parameters<typeof quota.covers>[0]) => !standing.has(sold.offerId) && quota.covers(sold),
    max: units.reduce((max, { unit, count }) => {
      if (!quota.covers(soldAs(unit.offer))) return max;
      return max - count * (quota.counts === "accelerators" ? unit.accelerators : unit.instances);
    }, quota.max),
  }));
  const stock = units.map(({ free }) => ({
    label: free.id,
    max: free.stock ?? 0,
    counts: "instances" as const,
    covers: ({ offerId }: { readonly offerId: string }) => offerId === free.id,
  }));
  return {
    ...rules,
    quotas: [...left, ...stock],
    budgetPerMonth: rules.budgetPerMonth === undefined ? undefined : microUsd(rules.budgetPerMonth - paid),
  };
};

/** What was bought beside, with every standing unit at its own price. */
const withStanding = async (
  problem: FleetProblem,
  { fleet, units }: { readonly fleet: Fleet; readonly units: readonly InStage[] },
  tools: SolveTools,
): Promise<Fleet | undefined> => {
  const free = new Set(units.map((one) => one.free.id));
  const bought = fleet.purchases.filter(({ unit }) => !free.has(unit.offer.id));
  const counts = new Map<BuyableUnit, readonly number[]>(bought.map((purchase) => [purchase.unit, purchase.counts]));
  for (const { unit, count } of units) {
    const more = bought.find((purchase) => keyOfUnit(purchase.unit) === keyOfUnit(unit));
    counts.set(
      more?.unit ?? unit,
      fleet.groups.map((_, group) => count + (more?.counts[group] ?? 0)),
    );
  }
  const purchases = await purchasesOf(problem, fleet.groups, alone(counts), tools.backends);
  if (!purchases) return undefined;
  return { groups: fleet.groups, purchases, costPerHour: meanCost(counts, fleet.groups), boundPerHour: undefined, backend: fleet.backend };
};

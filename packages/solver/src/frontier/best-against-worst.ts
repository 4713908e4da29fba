import {
  type BestAgainstWorst,
  defaultLimits,
  defaultPurchase,
  formatUsd,
  type MicroUsd,
  microUsd,
  mostMixes,
  noMoney,
  type Plan,
  type PlanRequest,
  spotHedges,
  toUsd,
} from "@headroom/core";
import { sealPlan } from "../extract-plan/seal-plan.ts";
import { priceAgain } from "../replan/price-again.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { boundOf, costInWorld, type World } from "./cost-in-world.ts";
import { hardestWeights } from "./scenario-game.ts";
import { mixedCatalog, type ScenarioWorld } from "./scenario-worlds.ts";

/** A scenario with the plan found for it, and what that costs there. */
export interface Carried {
  readonly world: ScenarioWorld;
  readonly plan: Plan;
  readonly cost: MicroUsd;
}

export interface NamedPlan {
  readonly name: string;
  readonly plan: Plan;
}

export interface Best {
  readonly chosen: NamedPlan;
  readonly document: BestAgainstWorst;
}

export type SolveWorld = (world: World) => Promise<Plan | undefined>;

/** A plan that carries every scenario, with its cost in each. */
interface Robust extends NamedPlan {
  readonly costs: readonly MicroUsd[];
}

interface Known {
  readonly plans: readonly Robust[];
  readonly considered: number;
  /** Lower bounds on the worst regret and on the worst cost of any plan that carries every scenario. */
  readonly regretBounds: readonly MicroUsd[];
  readonly costBounds: readonly MicroUsd[];
}

/**
 * The plan whose worst regret over the scenarios is least.
 *
 *   min over plans x that carry all scenarios of   max over s of   priceₛ · x − bestₛ
 *
 * A plan is kept as it was bought, so it must carry the largest demand. For weights λ of the scenarios, the cheapest plan for that
 * demand at prices Σ λₛ · priceₛ is a candidate, and its lower bound less Σ λₛ · bestₛ is one on the worst regret of any plan.
 * Asked at each scenario's prices, then at weights that are hardest for what was found; then with less spot than may be bought,
 * because the cheapest at any weights is all in on one way of buying, and less of it may regret less.
 */
export const bestAgainstWorst = async (carried: readonly Carried[], solve: SolveWorld, tools: SolveTools): Promise<Best | undefined> => {
  const largest = largestDemand(carried);
  if (!largest) return undefined;
  let known = await atOwnPrices(carried, largest, solve);
  for (let mix = 1; mix <= mostMixes && pricesDiffer(carried) && !isSettled(known, carried, largest.world.request); mix++) {
    const weights = await hardestWeights(regretsOf(known, carried), tools);
    const next = weights && (await atMixedPrices({ carried, largest, weights, name: `all scenarios, between their prices ${mix}` }, solve));
    if (!next) break;
    known = together([known, next]);
  }
  for (const share of spotHedges) {
    if (!pricesDiffer(carried) || isSettled(known, carried, largest.world.request)) break;
    const weights = await hardestWeights(regretsOf(known, carried), tools);
    const next =
      weights && (await withLessSpot({ carried, largest, weights, name: `all scenarios, spot at ${share} of its share`, share }, solve));
    if (next) known = together([known, next]);
  }
  const best = leastWorst(known, carried);
  return best && { chosen: asBought(best, carried, largest.world), document: documentOf(best, known, carried) };
};

const largestDemand = ([first, ...others]: readonly Carried[]): Carried | undefined =>
  others.reduce((most, other) => (other.world.demandFactor > (most?.world.demandFactor ?? 0) ? other : most), first);

const pricesDiffer = (carried: readonly Carried[]): boolean => new Set(carried.map(({ world }) => world.catalog.id)).size > 1;

/** The scenarios' own plans, and for each scenario's prices the cheapest plan for the largest demand. */
const atOwnPrices = async (carried: readonly Carried[], largest: Carried, solve: SolveWorld): Promise<Known> => {
  const own = carried.map(({ world, plan }) => consider({ name: world.name, plan }, carried));
  const solved: Known[] = [];
  const asked = new Map<string, Plan | undefined>([[largest.world.catalog.id, largest.plan]]);
  for (const { world, plan: ownPlan, cost } of carried) {
    const { id } = world.catalog;
    const isLargest = world.demandFactor === largest.world.demandFactor;
    const plan = asked.get(id) ?? (isLargest ? ownPlan : await solve({ request: largest.world.request, catalog: world.catalog }));
    asked.set(id, plan);
    const bound = plan && boundForAll(plan, carried);
    solved.push({
      ...(plan && !carried.some((other) => other.plan === plan)
        ? consider({ name: `all scenarios, at the prices of ${world.name}`, plan }, carried)
        : nothing),
      regretBounds: bound === undefined ? [] : [microUsd(bound - cost)],
      costBounds: bound === undefined ? [] : [bound],
    });
  }
  return together([...own, ...solved]);
};

/**
 * A bound on a plan for the largest demand is one on what a plan that carries all scenarios costs, unless what is sent is priced
 * too: with less demand less is sent.
 */
const boundForAll = (plan: Plan, carried: readonly Carried[]): MicroUsd | undefined => {
  const demands = new Set(carried.map(({ world }) => world.demandFactor));
  return demands.size > 1 && plan.request.market?.surcharges !== undefined ? undefined : boundOf(plan);
};

interface Mixed {
  readonly carried: readonly Carried[];
  readonly largest: Carried;
  readonly weights: readonly bigint[];
  readonly name: string;
}

const atMixedPrices = async ({ carried, largest, weights, name }: Mixed, solve: SolveWorld): Promise<Known | undefined> => {
  const catalog = mixedCatalog(
    carried.map(({ world }) => world),
    weights,
  );
  const plan = await solve({ request: largest.world.request, catalog });
  if (!plan || plan.cost === null) return undefined;
  const parts = weights.reduce((sum, weight) => sum + weight, 0n);
  const best = carried.reduce((sum, { cost }, index) => sum + cost * (weights[index] ?? 0n), 0n);
  const bound = boundForAll(plan, carried);
  return {
    ...consider({ name, plan }, carried),
    // The mean of the best costs is rounded up, so that the bound stays one.
    regretBounds: bound === undefined ? [] : [microUsd(bound - (best + parts - 1n) / parts)],
    costBounds: bound === undefined ? [] : [bound],
  };
};

/** A plan with less spot is one for the request too; it bounds nothing, because the others were not asked. */
const withLessSpot = async (
  { carried, largest, weights, name, share }: Mixed & { readonly share: number },
  solve: SolveWorld,
): Promise<Known | undefined> => {
  const { request } = largest.world;
  const spotMaxShare = share * (request.purchase?.spotMaxShare ?? defaultPurchase.spotMaxShare);
  const worlds = carried.map(({ world }) => world);
  const restricted = { ...request, purchase: { ...request.purchase, spotMaxShare } };
  const plan = await solve({ request: restricted, catalog: mixedCatalog(worlds, weights) });
  return plan && consider({ name, plan: { ...plan, request, assumptions: largest.plan.assumptions } }, carried);
};

const nothing: Known = { plans: [], considered: 0, regretBounds: [], costBounds: [] };

const together = (known: readonly Known[]): Known => ({
  plans: known.flatMap(({ plans }) => plans),
  considered: known.reduce((sum, { considered }) => sum + considered, 0),
  regretBounds: known.flatMap(({ regretBounds }) => regretBounds),
  costBounds: known.flatMap(({ costBounds }) => costBounds),
});

const consider = (named: NamedPlan, carried: readonly Carried[]): Known => {
  const costs = carried.map(({ world }) => costInWorld(named.plan, world));
  const everywhere = costs.filter((cost) => cost !== undefined);
  return { ...nothing, considered: 1, plans: everywhere.length === carried.length ? [{ ...named, costs: everywhere }] : [] };
};

/**
 * A scenario's own plan as it is; any other was found at prices that no scenario has together with the largest demand, and is
 * told at those of that scenario. It carries it, so it passes the check there.
 */
const asBought = ({ name, plan }: NamedPlan, carried: readonly Carried[], { catalog }: ScenarioWorld): NamedPlan => {
  if (carried.some((own) => own.plan === plan)) return { name, plan };
  const again = priceAgain(plan, catalog);
  return { name, plan: again.kind === "priced" ? sealPlan(again.plan) : plan };
};

const regretsOf = ({ plans }: Known, carried: readonly Carried[]): number[][] =>
  plans.map(({ costs }) => costs.map((cost, index) => toUsd(regretAt(cost, carried[index]))));

const regretAt = (cost: MicroUsd, against: Carried | undefined): MicroUsd => microUsd(cost - (against?.cost ?? 0n));

const worstOf = ([first, ...others]: readonly MicroUsd[]): MicroUsd => {
  let most = first ?? noMoney;
  for (const amount of others) if (amount > most) most = amount;
  return most;
};

const worstRegret = ({ costs }: Robust, carried: readonly Carried[]): MicroUsd =>
  worstOf(costs.map((cost, index) => regretAt(cost, carried[index])));

/** Of plans that regret alike, the one that costs less where it costs most, then the one that was thought of first. */
const leastWorst = ({ plans }: Known, carried: readonly Carried[]): Robust | undefined =>
  plans.reduce<Robust | undefined>((best, plan) => {
    if (!best) return plan;
    const difference = worstRegret(plan, carried) - worstRegret(best, carried) || worstOf(plan.costs) - worstOf(best.costs);
    return difference < 0n ? plan : best;
  }, undefined);

/** Once no plan could do better by more than the gap that is asked for, or none is there to do better than. */
const isSettled = (known: Known, carried: readonly Carried[], { limits }: PlanRequest): boolean => {
  const best = leastWorst(known, carried);
  if (!best) return true;
  if (known.regretBounds.length === 0) return false;
  const open = worstRegret(best, carried) - worstOf(known.regretBounds);
  return Number(open) <= (limits?.gap ?? defaultLimits.gap) * Number(worstOf(best.costs));
};

const documentOf = (best: Robust, known: Known, carried: readonly Carried[]): BestAgainstWorst => {
  const regret = worstRegret(best, carried);
  const worst = best.costs.findIndex((cost, index) => regretAt(cost, carried[index]) === regret);
  return {
    plan: best.name,
    over: carried.map(({ world }) => world.name),
    worstRegretUsdPerHour: formatUsd(regret),
    worstRegretIn: carried[worst]?.world.name ?? "",
    worstUsdPerHour: formatUsd(worstOf(best.costs)),
    lowerBoundRegretUsdPerHour: highest(known.regretBounds, regret),
    lowerBoundWorstUsdPerHour: highest(known.costBounds, worstOf(best.costs)),
    plansConsidered: known.considered,
  };
};

/** A bound is right up to a micro-dollar of rounding: it never stands above what was reached. */
const highest = (bounds: readonly MicroUsd[], reached: MicroUsd): string | null => {
  if (bounds.length === 0) return null;
  const most = worstOf(bounds);
  return formatUsd(most < reached ? most : reached);
};

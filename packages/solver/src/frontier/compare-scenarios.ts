import {
  type CapacityType,
  type Catalog,
  checkPlan,
  formatUsd,
  type MicroUsd,
  microUsd,
  type Outcome,
  type Plan,
  type PlanRequest,
  parseUsd,
  refuse,
  succeed,
} from "@headroom/core";
import { type PlanFleetInput, planFleet } from "../plan-fleet.ts";
import { priceAgain } from "../replan/price-again.ts";
import type { SolveTools } from "../solve/solve-tools.ts";

/** How demand and prices may turn out: P50 and P90 of a forecast, spot prices doubled. */
export interface Scenario {
  readonly name: string;
  readonly demandFactor: number;
  readonly priceFactors?: Readonly<Partial<Record<CapacityType, number>>>;
}

export interface Regret {
  /** Bought for this scenario … */
  readonly plan: string;
  /** … and met with this one. */
  readonly scenario: string;
  /** Null where the plan does not carry the scenario. */
  readonly usdPerHour: string | null;
  /** Against the scenario's own plan. */
  readonly regretUsdPerHour: string | null;
}

export interface ScenarioComparison {
  readonly plans: readonly { readonly scenario: string; readonly plan: Plan }[];
  readonly regrets: readonly Regret[];
  /** Of the plans that carry every scenario, the one whose worst regret is least. */
  readonly bestAgainstWorst: string | null;
}

/** The cheapest plan for each scenario, and what it costs when another one comes. */
export const compareScenarios = async (
  input: PlanFleetInput,
  scenarios: readonly Scenario[],
  tools: SolveTools,
): Promise<Outcome<ScenarioComparison>> => {
  const worlds = scenarios.map((scenario) => ({
    scenario,
    request: withDemand(input.request, scenario),
    catalog: withPrices(input.catalog, scenario),
  }));
  const plans: { readonly scenario: string; readonly plan: Plan }[] = [];
  for (const { scenario, request, catalog } of worlds) {
    const outcome = await planFleet({ ...input, request, catalog }, tools);
    if (!outcome.ok) return outcome;
    if (outcome.value.cost === null) return refuse("", `no plan exists for the scenario ${scenario.name}`);
    plans.push({ scenario: scenario.name, plan: outcome.value });
  }
  const regrets = plans.flatMap(({ scenario: bought, plan }) =>
    worlds.map(({ scenario, request, catalog }, index): Regret => {
      const cost = costIn(plan, request, catalog);
      const best = costOf(plans[index]?.plan);
      return {
        plan: bought,
        scenario: scenario.name,
        usdPerHour: cost === undefined ? null : formatUsd(cost),
        regretUsdPerHour: cost === undefined || best === undefined ? null : formatUsd(microUsd(cost - best)),
      };
    }),
  );
  return succeed({ plans, regrets, bestAgainstWorst: bestAgainstWorst(plans, regrets) });
};

const withDemand = (request: PlanRequest, { demandFactor }: Scenario): PlanRequest => ({
  ...request,
  services: request.services.map((service) => {
    const asked = service.demand.requestRatePerSecond;
    const requestRatePerSecond =
      typeof asked === "number"
        ? asked * demandFactor
        : "users" in asked
          ? { ...asked, users: Math.ceil(asked.users * demandFactor) }
          : { ...asked, hourOfWeek: asked.hourOfWeek.map((rate) => rate * demandFactor) };
    return { ...service, demand: { ...service.demand, requestRatePerSecond } };
  }),
});

const withPrices = (catalog: Catalog, { priceFactors = {} }: Scenario): Catalog => ({
  ...catalog,
  offers: catalog.offers.map((offer) => {
    const factor = priceFactors[offer.capacityType] ?? 1;
    return factor === 1 ? offer : { ...offer, listPrice: microUsd(BigInt(Math.max(1, Math.round(Number(offer.listPrice) * factor)))) };
  }),
});

/** What belongs to the plan's own scenario and not to the question whether it carries another one. */
const ofOwnScenario = new Set(["input hash", "bound", "status", "cost", "demand met", "people", "predicted"]);

const costIn = (plan: Plan, request: PlanRequest, catalog: Catalog): MicroUsd | undefined => {
  const again = priceAgain({ ...plan, request }, catalog);
  if (again.kind === "offers-gone") return undefined;
  const broken = checkPlan({ ...again.plan, request }).some(({ rule, violations }) => violations.length > 0 && !ofOwnScenario.has(rule));
  return broken ? undefined : costOf(again.plan);
};

const costOf = (plan: Plan | undefined): MicroUsd | undefined => (plan?.cost ? parseUsd(plan.cost.usdPerHour) : undefined);

const bestAgainstWorst = (plans: ScenarioComparison["plans"], regrets: readonly Regret[]): string | null => {
  const worst = plans.flatMap(({ scenario }) => {
    const own = regrets.filter(({ plan }) => plan === scenario);
    return own.every(({ regretUsdPerHour }) => regretUsdPerHour !== null)
      ? [{ scenario, regret: Math.max(...own.map(({ regretUsdPerHour }) => Number(regretUsdPerHour))) }]
      : [];
  });
  return worst.toSorted((a, b) => a.regret - b.regret || (a.scenario < b.scenario ? -1 : 1))[0]?.scenario ?? null;
};

import {
  type Catalog,
  defaultDemandP90Factor,
  type MicroUsd,
  microUsd,
  type Offer,
  type Outcome,
  type PlanRequest,
  parseRequest,
  planRequest,
  refuse,
  type ScenarioRequest,
  type ScenariosRequest,
  succeed,
} from "@headroom/core";
import type { World } from "./cost-in-world.ts";

export interface ScenarioWorld extends World {
  readonly name: string;
  readonly demandFactor: number;
  readonly priceFactors: NonNullable<ScenarioRequest["priceFactors"]>;
}

/** Each scenario as a request of its own on a catalog of its own. */
export const scenarioWorlds = (asked: ScenariosRequest, catalog: Catalog): Outcome<readonly ScenarioWorld[]> => {
  const worlds: ScenarioWorld[] = [];
  for (const [index, { name, demandFactor = 1, priceFactors = {} }] of scenariosOf(asked).entries()) {
    const scaled = parseRequest(planRequest, withDemand(asked.plan, demandFactor));
    if (!scaled.ok) {
      const pointer = asked.scenarios ? `/scenarios/${index}/demandFactor` : "/demandP90Factor";
      return refuse(pointer, `makes ${scaled.errors[0]?.pointer} of the plan too much: it ${scaled.errors[0]?.detail}`);
    }
    worlds.push({ name, demandFactor, priceFactors, request: scaled.value, catalog: withPrices(catalog, priceFactors) });
  }
  return succeed(worlds);
};

const scenariosOf = ({ scenarios, demandP90Factor = defaultDemandP90Factor }: ScenariosRequest): readonly ScenarioRequest[] =>
  scenarios ?? [{ name: "P50" }, { name: "P90", demandFactor: demandP90Factor }];

const withDemand = (request: PlanRequest, factor: number): PlanRequest =>
  factor === 1
    ? request
    : {
        ...request,
        services: request.services.map((service) => {
          const asked = service.demand.requestRatePerSecond;
          const requestRatePerSecond =
            typeof asked === "number"
              ? asked * factor
              : "users" in asked
                ? { ...asked, users: Math.ceil(asked.users * factor) }
                : { ...asked, hourOfWeek: asked.hourOfWeek.map((rate) => rate * factor) };
          return { ...service, demand: { ...service.demand, requestRatePerSecond } };
        }),
      };

const withPrices = (catalog: Catalog, factors: ScenarioWorld["priceFactors"]): Catalog => {
  const factorOf = (offer: Offer): number => (offer.capacityType === "owned" ? 1 : (factors[offer.capacityType] ?? 1));
  if (catalog.offers.every((offer) => factorOf(offer) === 1)) return catalog;
  return {
    ...catalog,
    id: idOf(
      catalog,
      Object.entries(factors)
        .map(([capacityType, factor]) => `${capacityType} × ${factor}`)
        .join(", "),
    ),
    offers: catalog.offers.map((offer) => {
      const factor = factorOf(offer);
      return factor === 1
        ? offer
        : { ...offer, listPrice: scaled(offer.listPrice, factor), source: `${factor} × ${offer.source}`.slice(0, 200) };
    }),
  };
};

const scaled = (price: MicroUsd, factor: number): MicroUsd => microUsd(BigInt(Math.max(1, Math.round(Number(price) * factor))));

/**
 * Prices between those of the worlds, in parts of so many: Σ wₛ · priceₛ / Σ wₛ, rounded down so that a bound at them is one
 * for the true mean.
 */
export const mixedCatalog = (worlds: readonly ScenarioWorld[], weights: readonly bigint[]): Catalog => {
  const parts = weights.reduce((sum, weight) => sum + weight, 0n);
  const [first] = worlds;
  const offers = (first?.catalog.offers ?? []).map((offer, position) => {
    const sum = worlds.reduce(
      (total, { catalog }, index) => total + (weights[index] ?? 0n) * (catalog.offers[position]?.listPrice ?? 0n),
      0n,
    );
    return { ...offer, listPrice: microUsd(sum / parts) };
  });
  return { id: "mixed", asOf: first?.catalog.asOf ?? "", notForSale: [], offers };
};

/** A catalog with other prices has another name: equal names stand for equal prices. */
const idOf = ({ id }: Catalog, change: string): string => `${id}, ${change}`.slice(0, 200).trim();

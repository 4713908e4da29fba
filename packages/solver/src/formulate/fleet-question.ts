import {
  type BuyingRules,
  buyingRules,
  type Catalog,
  instancesInForce,
  knownSurcharges,
  mayBuy,
  type Offer,
  type Outcome,
  ownedOffers,
  type PlanRequest,
  refuseAll,
  type ServiceNeed,
  selectOffers,
  serviceNeeds,
  stockRules,
  succeed,
  toUsd,
  under,
  usd,
} from "@headroom/core";
import type { Switching } from "./buyable-units.ts";
import { needsInOrder, rulesInOrder } from "./in-order.ts";

/** A plan request with every name resolved and every default decided. */
export interface FleetQuestion {
  readonly needs: readonly ServiceNeed[];
  /** What may be bought, where the caller lets us buy. */
  readonly offers: readonly Offer[];
  readonly rules: BuyingRules;
  readonly switching: Switching;
}

export const fleetQuestion = (request: PlanRequest, catalog: Catalog): Outcome<FleetQuestion> => {
  const needs = serviceNeeds(request);
  const selected = under("/market", selectOffers(catalog, request.market ?? {}));
  const surcharges = under("/market/surcharges", knownSurcharges(request, catalog));
  const rules = buyingRules(request);
  const owned = ownedOffers(request, catalog.asOf);
  const errors = [needs, selected, surcharges, rules, owned].flatMap((part) => (part.ok ? [] : part.errors));
  if (!needs.ok || !selected.ok || !surcharges.ok || !rules.ok || !owned.ok) return refuseAll(errors);
  const offers = [...selected.value, ...owned.value].filter((offer) => mayBuy(offer, rules.value));
  const limited = { ...rules.value, quotas: [...rules.value.quotas, ...stockRules(offers)] };
  return succeed({ needs: needsInOrder(needs.value), offers, rules: rulesInOrder(limited), switching: switchingOf(request, rules.value) });
};

const switchingOf = (request: PlanRequest, { horizonHours }: BuyingRules): Switching => ({
  inForce: instancesInForce(request),
  usdPerHour: request.current === undefined ? 0 : toUsd(usd(request.switchingUsdPerInstance ?? 0)) / horizonHours,
});

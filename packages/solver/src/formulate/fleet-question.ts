import {
  type BuyingRules,
  buyingRules,
  type Catalog,
  mayBuy,
  type Offer,
  type Outcome,
  type PlanRequest,
  refuseAll,
  type ServiceNeed,
  selectOffers,
  serviceNeeds,
  succeed,
  under,
} from "@headroom/core";

/** A plan request with every name resolved and every default decided. */
export interface FleetQuestion {
  readonly needs: readonly ServiceNeed[];
  /** What may be bought, where the caller lets us buy. */
  readonly offers: readonly Offer[];
  readonly rules: BuyingRules;
}

export const fleetQuestion = (request: PlanRequest, catalog: Catalog): Outcome<FleetQuestion> => {
  const needs = serviceNeeds(request);
  const selected = under("/market", selectOffers(catalog, request.market ?? {}));
  const rules = buyingRules(request);
  const errors = [needs, selected, rules].flatMap((part) => (part.ok ? [] : part.errors));
  if (!needs.ok || !selected.ok || !rules.ok) return refuseAll(errors);
  return succeed({ needs: needs.value, offers: selected.value.filter((offer) => mayBuy(offer, rules.value)), rules: rules.value });
};

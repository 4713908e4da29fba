import {
  buyingRules,
  type Catalog,
  defaultPurchase,
  formatUsd,
  inputHash,
  lineCost,
  lineCostWhileActive,
  lineHas,
  linePrice,
  type Offer,
  ownedOffers,
  type Plan,
  type PlanLine,
  type PricedOffer,
  planCost,
  pricedOffer,
  type Surcharges,
  serviceNeeds,
} from "@headroom/core";
import { linesWithEgress } from "../extract-plan/lines-with-egress.ts";
import { withoutCatalog } from "./without-catalog.ts";

/** A plan as it would be bought from another catalog, where all its offers still stand in that. */
export type PricedAgain =
  | { readonly kind: "priced"; readonly plan: Plan }
  | { readonly kind: "offers-gone"; readonly lines: readonly PlanLine[] };

/** The same lines, found by offer id, at another catalog's prices. Nothing is solved: no bound is claimed. */
export const priceAgain = (plan: Plan, catalog: Catalog): PricedAgain => {
  const owned = ownedOffers(plan.request, catalog.asOf);
  const offers = new Map([...catalog.offers, ...(owned.ok ? owned.value : [])].map((offer) => [offer.id, offer]));
  const gone = plan.lines.filter(({ offerId }) => !offers.has(offerId));
  if (gone.length > 0) return { kind: "offers-gone", lines: gone };
  const request = withoutCatalog(plan.request);
  const rules = buyingRules(request);
  const horizonHours = rules.ok ? rules.value.horizonHours : defaultPurchase.horizonHours;
  const needs = serviceNeeds(request);
  const bare = plan.lines.map((line) =>
    lineAt(line, offers.get(line.offerId), { horizonHours, surcharges: rules.ok ? rules.value.surcharges : undefined }),
  );
  const lines = needs.ok && rules.ok ? linesWithEgress(bare, { plan, needs: needs.value, rules: rules.value }) : bare;
  const named = new Set(lines.map(({ offerId }) => offerId));
  const priced: Plan = {
    ...plan,
    status: plan.status === "optimal" ? "feasible" : plan.status,
    catalog: catalog.id,
    catalogAsOf: catalog.asOf,
    inputHash: inputHash({ request, catalog: catalog.id, version: plan.version }),
    request,
    lines,
    offers: [...named].flatMap((id) => documentsOf(offers.get(id))),
    proof: { ...plan.proof, lowerBoundUsdPerHour: null, gap: null, checks: [] },
  };
  return { kind: "priced", plan: { ...priced, cost: plan.cost && rules.ok ? planCost(priced, rules.value) : null } };
};

interface Terms {
  readonly horizonHours: number;
  readonly surcharges: Surcharges | undefined;
}

const lineAt = (line: PlanLine, offer: Offer | undefined, { horizonHours, surcharges }: Terms): PlanLine => {
  if (!offer) return line;
  const document = pricedOffer(offer);
  const { usdPerInstanceHour, priceTrust, priceSource, priceDate } = document;
  const { priceParts: _parts, egress: _egress, ...kept } = line;
  const price = surcharges && !line.training ? linePrice(document, line.needs.storageGib, surcharges) : { usdPerInstanceHour };
  const has = line.training ? {} : { has: lineHas(line.needs, document) };
  const priced: PlanLine = { ...kept, ...price, ...has, priceTrust, priceSource, priceDate };
  const again: PlanLine = line.training
    ? { ...priced, training: { ...line.training, usdForTheRun: formatUsd(lineCostWhileActive(priced, { horizonHours })) } }
    : priced;
  return { ...again, usdPerHour: formatUsd(lineCost(again, { horizonHours })) };
};

const documentsOf = (offer: Offer | undefined): PricedOffer[] => (offer ? [pricedOffer(offer)] : []);

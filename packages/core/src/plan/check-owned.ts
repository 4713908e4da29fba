import { ownedOffers, pricedOffer } from "../market/index.ts";
import type { CheckedRule } from "./check-input.ts";
import type { Plan } from "./plan-document.ts";

/** Offers of owned servers stand in no catalog: they must be what the request's own figures make of them. */
export const checkOwned = ({ request, offers, catalogAsOf }: Plan): CheckedRule => {
  const derived = ownedOffers(request, catalogAsOf);
  const known = new Map(derived.ok ? derived.value.map((offer) => [offer.id, JSON.stringify(pricedOffer(offer))]) : []);
  const claimed = offers.filter(({ capacityType }) => capacityType === "owned");
  return {
    rule: "owned servers",
    violations: claimed.flatMap((offer) =>
      known.get(offer.offerId) === JSON.stringify(offer) ? [] : [`${offer.offerId} is not what the request's owned servers cost`],
    ),
  };
};

import { type Catalog, formatUsd, type Offer } from "@headroom/core";
import type { IntegrityFinding } from "./finding.ts";

/** Spot and commitments that cost more than the same machine on demand in the same place: nobody would take them. */
export const pricesOutOfOrder = ({ offers }: Catalog): readonly IntegrityFinding[] => {
  const onDemand = new Map(
    offers.filter(({ capacityType }) => capacityType === "on-demand").map((offer) => [placeOf(offer, offer.zone), offer]),
  );
  return offers.flatMap((offer) => {
    const { id, capacityType, listPrice, zone } = offer;
    const whole = onDemand.get(placeOf(offer, zone)) ?? onDemand.get(placeOf(offer, undefined));
    if (capacityType === "on-demand" || capacityType === "owned" || !whole || listPrice <= whole.listPrice) return [];
    const detail = `${formatUsd(listPrice)} an hour against ${formatUsd(whole.listPrice)} on demand`;
    return [{ offerId: id, rule: `${capacityType}-above-on-demand` as const, detail }];
  });
};

const placeOf = ({ instanceType, region }: Offer, zone: string | undefined): string =>
  [instanceType.provider, instanceType.name, region, zone].join("\n");

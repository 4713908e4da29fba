import { formatUsd, type MicroUsd, type OfferDocument } from "@headroom/core";
import type { Listing } from "./read-listings.ts";

/**
 * One on-demand offer a region, because clouds charge the same in all its zones; where one does not, one offer a zone.
 * Spot prices differ by zone and vanish by zone, so each zone keeps its own offer.
 */
export const offersOf = (
  listings: readonly Listing[],
  terms: { readonly source: string; readonly date: string },
): readonly OfferDocument[] => {
  const byRegion = new Map<string, Listing[]>();
  for (const listing of listings) {
    const key = [listing.instanceType.name, listing.region].join("\n");
    byRegion.set(key, [...(byRegion.get(key) ?? []), listing]);
  }
  return [...byRegion.values()].flatMap((zones) => {
    const onDemand = zones.filter((zone) => zone.onDemand !== undefined);
    const oneForAll = new Set(onDemand.map((zone) => zone.onDemand)).size <= 1;
    return [
      ...(oneForAll ? onDemand.slice(0, 1).map((zone) => ({ ...zone, zone: undefined })) : onDemand).flatMap((place) =>
        offer(place, "on-demand", place.onDemand, terms),
      ),
      ...zones.flatMap((place) => offer(place, "spot", place.spot, terms)),
    ];
  });
};

/** `aws/us-east-1/p5.48xlarge/on-demand`, `aws/us-east-1/use1-az6/p5.48xlarge/spot`. */
export const offerId = ({ instanceType, region, zone }: Pick<Listing, "instanceType" | "region" | "zone">, capacityType: string): string =>
  [instanceType.provider, region, ...(zone === undefined ? [] : [zone]), instanceType.name, capacityType].join("/");

const offer = (
  place: Listing,
  capacityType: "on-demand" | "spot",
  price: MicroUsd | undefined,
  { source, date }: { readonly source: string; readonly date: string },
): readonly OfferDocument[] => {
  if (price === undefined) return [];
  const { instanceType, region, zone } = place;
  return [
    {
      id: offerId(place, capacityType),
      provider: instanceType.provider,
      instanceType: instanceType.name,
      region,
      ...(zone === undefined ? {} : { zone }),
      capacityType,
      usdPerInstanceHour: formatUsd(price),
      trust: "list",
      source,
      date,
    },
  ];
};

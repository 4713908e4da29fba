import { z } from "zod";
import { label, usdText } from "../request/fields.ts";
import type { OffersRequest } from "../request/offers-request.ts";
import { capacityType, commitmentTerm } from "../request/plan-request.ts";
import { formatUsd, type Outcome, succeed } from "../units/index.ts";
import type { Catalog, Offer } from "./catalog.ts";
import { networkKinds, priceTrusts } from "./catalog-document.ts";
import { selectOffers } from "./select-offers.ts";

/** A priced offer as the contract shows it. */
export const offerDocument = z.strictObject({
  offerId: label,
  provider: label,
  region: label,
  zone: label.optional(),
  instanceType: label,
  accelerator: label,
  acceleratorsPerInstance: z.int(),
  hostMemoryGib: z.number().optional(),
  network: z.enum(networkKinds),
  networkGbps: z.number().optional(),
  capacityType,
  term: commitmentTerm.optional(),
  usdPerInstanceHour: usdText,
  stock: z.int().optional(),
  priceTrust: z.enum(priceTrusts),
  priceSource: z.string(),
  priceDate: z.string(),
});

export const offerList = z.strictObject({ catalog: label, catalogAsOf: z.string(), offers: z.array(offerDocument) });

export type PricedOffer = z.output<typeof offerDocument>;
export type OfferList = z.output<typeof offerList>;

/** The catalog's offers that pass the filters, cheapest per accelerator first. */
export const listOffers = (request: OffersRequest, catalog: Catalog): Outcome<OfferList> => {
  const selected = selectOffers(catalog, request);
  if (!selected.ok) return selected;
  const offers = selected.value
    .filter(({ capacityType: type }) => request.capacityTypes?.includes(type) ?? true)
    .toSorted((a, b) => pricePerAccelerator(a) - pricePerAccelerator(b) || (a.id < b.id ? -1 : 1));
  return succeed({ catalog: catalog.id, catalogAsOf: catalog.asOf, offers: offers.map(pricedOffer) });
};

const pricePerAccelerator = ({ listPrice, instanceType }: Offer): number => Number(listPrice) / instanceType.accelerators;

export const pricedOffer = ({ instanceType, ...offer }: Offer): PricedOffer => ({
  offerId: offer.id,
  provider: instanceType.provider,
  region: offer.region,
  ...(offer.zone === undefined ? {} : { zone: offer.zone }),
  instanceType: instanceType.name,
  accelerator: instanceType.accelerator.id,
  acceleratorsPerInstance: instanceType.accelerators,
  ...(instanceType.hostMemoryGib === undefined ? {} : { hostMemoryGib: instanceType.hostMemoryGib }),
  network: instanceType.network,
  ...(instanceType.networkGbps === undefined ? {} : { networkGbps: instanceType.networkGbps }),
  capacityType: offer.capacityType,
  ...(offer.term === undefined ? {} : { term: offer.term }),
  usdPerInstanceHour: formatUsd(offer.listPrice),
  ...(offer.stock === undefined ? {} : { stock: offer.stock }),
  priceTrust: offer.trust,
  priceSource: offer.source,
  priceDate: offer.date,
});

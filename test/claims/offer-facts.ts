import { bundledCatalog } from "@headroom/catalog";
import { type InstanceType, toUsd } from "@headroom/core";

const catalog = bundledCatalog();
export const { offers } = catalog;

const offerById = new Map(offers.map((offer) => [offer.id, offer]));

/** US dollars an hour of the whole instance. */
export const price = (offerId: string): number => {
  const offer = offerById.get(offerId);
  if (offer === undefined) throw new Error(`no offer ${offerId} in ${catalog.id}`);
  return toUsd(offer.listPrice);
};

export const machine = (name: string): InstanceType => {
  const found = offers.find(({ instanceType }) => instanceType.name === name);
  if (found === undefined) throw new Error(`no machine ${name} in ${catalog.id}`);
  return found.instanceType;
};

export const offersOf = (acceleratorId: string): number =>
  offers.filter(({ instanceType }) => instanceType.accelerator.id === acceleratorId).length;

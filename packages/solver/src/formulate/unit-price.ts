import {
  type BuyingRules,
  type MicroUsd,
  microUsd,
  noMoney,
  type Offer,
  type ServiceNeed,
  storageGibOf,
  storagePerHour,
} from "@headroom/core";

type Priced = Pick<BuyingRules, "surcharges">;

/** What an instance of an offer costs an hour for a service: its list price, and the disk that holds the service's weights. */
export const instancePrice = (need: ServiceNeed, { listPrice, instanceType }: Offer, { surcharges }: Priced): MicroUsd =>
  surcharges.storage ? microUsd(listPrice + storagePerHour(surcharges, instanceType.provider, storageGibOf(need))) : listPrice;

/** What a gibibyte of answers costs on its way out; nothing where egress is not priced. */
export const egressPriceOf = ({ instanceType }: Offer, { surcharges }: Priced): MicroUsd =>
  surcharges.egress?.(instanceType.provider) ?? noMoney;

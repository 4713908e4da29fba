import type { BuyingRules } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";

/** Requests that a unit can be counted on for in an hour. */
export const perHourOf = ({ capacities }: BuyableUnit): number => (capacities[0] ?? 0) * 3600;

/** The whole thousandths of an hour that fit before a deadline. */
export const wholeMilli = (hours: number): number => Math.floor(hours * 1000 + 1e-6);

/** Thousandths of an hour that work takes, to the started one. */
export const neededMilli = (requests: number, perHour: number): number => Math.max(1, Math.ceil((requests / perHour) * 1000 - 1e-9));

/** Micro-dollars that a request's answer costs on its way out; 0 where egress is not priced. */
export const egressPerRequest = (
  { egressPrice, candidate: { need } }: BuyableUnit,
  { surcharges }: Pick<BuyingRules, "surcharges">,
): number =>
  egressPrice === 0n
    ? 0
    : (Number(egressPrice) * (need.classes[0]?.shape.oslTokens ?? 0) * surcharges.bytesPerOutputToken(need.name)) / 2 ** 30;

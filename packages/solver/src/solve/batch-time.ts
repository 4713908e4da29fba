import type { BuyableUnit } from "../formulate/buyable-units.ts";

/** Requests that a unit can be counted on for in an hour. */
export const perHourOf = ({ capacities }: BuyableUnit): number => (capacities[0] ?? 0) * 3600;

/** The whole thousandths of an hour that fit before a deadline. */
export const wholeMilli = (hours: number): number => Math.floor(hours * 1000 + 1e-6);

/** Thousandths of an hour that work takes, to the started one. */
export const neededMilli = (requests: number, perHour: number): number => Math.max(1, Math.ceil((requests / perHour) * 1000 - 1e-9));

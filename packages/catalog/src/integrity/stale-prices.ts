import type { Catalog } from "@headroom/core";
import type { IntegrityFinding } from "./finding.ts";

/** Prices that were already old on the catalog's own day: a stale list looks the same as a stable price. */
export const stalePrices = ({ asOf, offers }: Catalog, maxAgeDays: number): readonly IntegrityFinding[] =>
  offers.flatMap(({ id, date }) => {
    const ageDays = daysBetween(date, asOf);
    return ageDays > maxAgeDays ? [{ offerId: id, rule: "stale-price", detail: `of ${date}, ${ageDays} days before the catalog` }] : [];
  });

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

import { type Catalog, formatUsd } from "@headroom/core";
import type { IntegrityFinding } from "./finding.ts";

/** Offers whose price moved by more than `jumpShare` since an earlier catalog: a true cut, or a list that changed its unit. */
export const priceJumps = (catalog: Catalog, earlier: Catalog, jumpShare: number): readonly IntegrityFinding[] => {
  const before = new Map(earlier.offers.map((offer) => [offer.id, offer.listPrice]));
  return catalog.offers.flatMap(({ id, listPrice }) => {
    const was = before.get(id);
    if (was === undefined) return [];
    const change = Number(listPrice) / Number(was) - 1;
    if (Math.abs(change) <= jumpShare) return [];
    const percent = `${change > 0 ? "+" : ""}${Math.round(change * 100)} %`;
    return [{ offerId: id, rule: "sudden-jump", detail: `${formatUsd(was)} on ${earlier.asOf}, now ${formatUsd(listPrice)} (${percent})` }];
  });
};

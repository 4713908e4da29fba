import { type Catalog, type Offer, toUsd } from "@headroom/core";
import type { IntegrityFinding } from "./finding.ts";

/**
 * Prices far from what the same accelerator costs elsewhere on the same terms. The yardstick is the median over
 * providers of each one's median, so that a provider with a hundred regions has one vote.
 */
export const priceOutliers = ({ offers }: Catalog, factor: number): readonly IntegrityFinding[] =>
  [...groupBy(offers, kindOf).values()].flatMap((alike) => {
    const byProvider = groupBy(alike, ({ instanceType }) => instanceType.provider);
    const usual = median([...byProvider.values()].map((own) => median(own.map(usdPerAccelerator))));
    return alike
      .filter((offer) => usdPerAccelerator(offer) > usual * factor || usdPerAccelerator(offer) < usual / factor)
      .map((offer) => ({ offerId: offer.id, rule: "outlier-price" as const, detail: comparison(offer, usual) }));
  });

const kindOf = ({ instanceType, capacityType, term }: Offer): string => [instanceType.accelerator.id, capacityType, term].join("\n");

const usdPerAccelerator = ({ listPrice, instanceType }: Offer): number => toUsd(listPrice) / instanceType.accelerators;

const comparison = (offer: Offer, usual: number): string =>
  `${usdPerAccelerator(offer).toFixed(2)} USD per accelerator-hour; the median over providers is ${usual.toFixed(2)}`;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
};

const groupBy = <T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
};

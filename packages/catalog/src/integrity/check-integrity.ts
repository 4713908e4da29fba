import type { Catalog } from "@headroom/core";
import type { IntegrityFinding } from "./finding.ts";
import { priceJumps } from "./price-jumps.ts";
import { pricesOutOfOrder } from "./price-order.ts";
import { priceOutliers } from "./price-outliers.ts";
import { stalePrices } from "./stale-prices.ts";
import { defaultThresholds, type IntegrityThresholds } from "./thresholds.ts";

/**
 * What is odd about a catalog that reads well, by offer id. Findings are for a person to look at: true prices can be odd.
 * An earlier catalog adds the search for jumps.
 */
export const checkIntegrity = (
  catalog: Catalog,
  { earlier, ...thresholds }: Partial<IntegrityThresholds> & { readonly earlier?: Catalog } = {},
): readonly IntegrityFinding[] => {
  const { outlierFactor, maxAgeDays, jumpShare } = { ...defaultThresholds, ...thresholds };
  const findings = [
    ...pricesOutOfOrder(catalog),
    ...priceOutliers(catalog, outlierFactor),
    ...stalePrices(catalog, maxAgeDays),
    ...(earlier ? priceJumps(catalog, earlier, jumpShare) : []),
  ];
  return findings.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
};

const keyOf = ({ offerId, rule }: IntegrityFinding): string => `${offerId}\n${rule}`;

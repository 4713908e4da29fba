import { formatUsd, type MicroUsd, type Outcome, refuse, succeed } from "@headroom/core";
import { readPrice } from "./read-price.ts";
import type { Cells } from "./read-table.ts";

/** Per hour for the whole machine. At least one of the two is known. */
export interface ListedPrices {
  readonly onDemand: MicroUsd | undefined;
  readonly spot: MicroUsd | undefined;
}

/** Reads a row's two prices; refuses a row that gives neither. */
export const readPrices = (cells: Cells): Outcome<ListedPrices & { readonly notes: readonly string[] }> => {
  const listed = readPrice(cells.get("Price"));
  const listedSpot = readPrice(cells.get("SpotPrice"));
  if (listed.status === "malformed") return refuse("/Price", listed.reason);
  const onDemand = listed.status === "known" ? listed.price : undefined;
  const spot = listedSpot.status === "known" ? listedSpot.price : undefined;
  if (listed.status === "unknown" && spot === undefined) return refuse("/Price", listed.reason);
  const notes = [
    ...(listed.status === "unknown" ? [`${listed.reason}: only the spot price is kept`] : []),
    ...(listedSpot.status === "malformed" ? [`spot price left out: ${listedSpot.reason}`] : []),
    ...spotOddities(onDemand, spot),
  ];
  return succeed({ onDemand, spot, notes });
};

const spotOddities = (onDemand: MicroUsd | undefined, spot: MicroUsd | undefined): readonly string[] => {
  if (onDemand === undefined || spot === undefined || spot < onDemand) return [];
  if (spot === onDemand) return ["spot costs as much as on demand"];
  return [`spot ${formatUsd(spot)} is above on demand ${formatUsd(onDemand)}`];
};

import { type Catalog, readCatalog } from "@headroom/core";

/** One line of a made-up price list. */
export interface OfferRow {
  readonly type?: "l4x1" | "l4x4" | "h200x8";
  readonly capacityType?: "on-demand" | "spot" | "reserved";
  readonly usd: number;
  readonly region?: string;
  readonly stock?: number;
}

/** A provider with three machines, sold as the rows say. */
export const catalogOf = (rows: readonly OfferRow[]): Catalog => {
  const outcome = readCatalog({
    id: "test",
    asOf: "2026-07-30",
    description: "for tests",
    instanceTypes: [
      { provider: "cloud", source: "made up", name: "l4x1", accelerator: "l4", accelerators: 1, network: "ethernet" },
      { provider: "cloud", source: "made up", name: "l4x4", accelerator: "l4", accelerators: 4, network: "ethernet" },
      { provider: "cloud", source: "made up", name: "h200x8", accelerator: "h200", accelerators: 8, network: "rdma", networkGbps: 3200 },
    ],
    offers: rows.map(({ type = "l4x1", capacityType = "on-demand", usd, region = "here", stock }) => ({
      id: [region, type, capacityType].join("/"),
      provider: "cloud",
      instanceType: type,
      region,
      capacityType,
      ...(capacityType === "reserved" ? { term: "1y" } : {}),
      usdPerInstanceHour: usd,
      ...(stock === undefined ? {} : { stock }),
      trust: "list",
      source: "made up",
      date: "2026-07-01",
    })),
    notForSale: [],
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

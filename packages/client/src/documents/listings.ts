import { z } from "zod";
import { pageOf } from "./page.ts";
import { instant } from "./schedule.ts";

const catalogSummary = z.strictObject({
  id: z.string(),
  asOf: z.iso.date(),
  description: z.string(),
  offers: z.int(),
  bundled: z.boolean().describe("Ships with Headroom, and stands on the first page."),
  importedAt: instant.nullable(),
});

export const catalogPage = pageOf(catalogSummary);

export const modelList = z.strictObject({
  models: z.array(
    z.strictObject({ id: z.string(), parameters: z.strictObject({ total: z.number(), active: z.number() }), source: z.string() }),
  ),
});

export const acceleratorList = z.strictObject({
  accelerators: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      vendor: z.string(),
      memoryGib: z.number().describe("What the driver shows."),
      memoryBandwidthGbPerSecond: z.number(),
      nativeFormats: z.array(z.string()),
      source: z.string(),
    }),
  ),
});

export type CatalogSummary = z.output<typeof catalogSummary>;
export type ModelList = z.output<typeof modelList>;
export type AcceleratorList = z.output<typeof acceleratorList>;

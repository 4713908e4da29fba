import { z } from "zod";
import { label, positive, share } from "./fields.ts";

export const acceleratorReference = z
  .strictObject({
    id: label.describe("h100-sxm, a100-sxm-80gb, mi300x, l40s, …; common aliases are understood."),
    memoryGib: positive(1e5).optional().describe("The memory the driver shows, where it is known better than the table."),
  })
  .describe("One accelerator.");

/** Kept free on purpose. */
export const reserve = z.strictObject({ memoryShare: share.max(0.95).optional(), computeShare: share.max(0.95).optional() });

export type AcceleratorReference = z.output<typeof acceleratorReference>;
export type ReserveRequest = z.output<typeof reserve>;

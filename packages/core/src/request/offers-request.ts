import { z } from "zod";
import { label } from "./fields.ts";
import { capacityType } from "./plan-request.ts";

const names = z.array(label).min(1).max(500).optional();

/** Which priced offers to list; a filter left out lets everything through. */
export const offersRequest = z.strictObject({
  providers: names,
  regions: names,
  accelerators: names,
  instanceTypes: names,
  capacityTypes: z.array(capacityType).min(1).optional(),
  catalog: label.optional(),
  asOf: z.iso.date("must be a date: 2026-07-30").optional(),
});

export type OffersRequest = z.output<typeof offersRequest>;

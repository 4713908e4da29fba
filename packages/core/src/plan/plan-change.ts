import { z } from "zod";

/** One difference between the plan in force and the one solved again, in words and as data. */
export const planChange = z.strictObject({
  kind: z.enum(["offer-gone", "rule-broken", "price", "line-added", "line-removed", "line-resized"]),
  detail: z.string().describe("The change in words."),
  for: z.string().optional(),
  offerId: z.string().optional(),
  before: z
    .union([z.number(), z.string()])
    .optional()
    .describe("Instances, replicas on shared ones, or dollars per instance-hour for a price."),
  after: z.union([z.number(), z.string()]).optional(),
});

export type PlanChange = z.output<typeof planChange>;

import { z } from "zod";
import { label, notNegative, usdText } from "../request/fields.ts";
import { frontierAxes } from "../request/frontier-request.ts";
import { capacityType } from "../request/plan-request.ts";

const usdOrNone = usdText.nullable();

/** A plan's own status, or unsolved: the detail says why. */
export const pointStatus = z.enum(["optimal", "feasible", "infeasible", "unsolved"]);

const point = z.strictObject({
  value: z.union([z.number(), z.string()]),
  status: pointStatus,
  usdPerHour: usdOrNone.describe("Of the cheapest plan found; null where there is none."),
  lowerBoundUsdPerHour: usdOrNone,
  gap: z.number().nullable(),
  verified: z.boolean().describe("Its plan has passed the check."),
  accelerators: z.record(z.string(), notNegative()).describe("That the plan has at most in any hour, by type."),
  byCapacityType: z.partialRecord(capacityType, usdText).describe("Dollars an hour."),
  detail: z.string().optional().describe("Why there is no plan."),
});

/** The answer to a FrontierRequest. */
export const frontierDocument = z.strictObject({
  axis: z.enum(frontierAxes),
  catalog: label,
  catalogAsOf: z.string(),
  version: z.string().describe("Of Headroom."),
  points: z.array(point).describe("In the order of the values."),
  assumptions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export type Frontier = z.output<typeof frontierDocument>;
export type FrontierPoint = z.output<typeof point>;

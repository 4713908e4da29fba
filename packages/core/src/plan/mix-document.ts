import { z } from "zod";
import { label, usdText } from "../request/fields.ts";

/** A decimal string, like all money in answers. */
const amount = usdText;

const proof = z.strictObject({
  lowerBoundUsdPerHour: amount.nullable(),
  gap: z.number().nullable(),
  verified: z.boolean(),
  backend: z.string(),
  seconds: z.number(),
});

const explanation = z.strictObject({
  text: z.array(z.string()),
  cheapestSingleType: z.strictObject({ machine: label, usdPerHour: amount }).nullable(),
});

/** The cheapest machines for measured rates, by traffic bucket. */
export const mixDocument = z.strictObject({
  status: z.enum(["optimal", "feasible", "infeasible"]),
  usdPerHour: amount.nullable(),
  counts: z.record(z.string(), z.int()),
  routing: z.record(z.string(), z.array(z.array(z.number()))).describe("Share of each bucket that each machine serves."),
  proof,
  explanation,
});

/** The same for several services over a shared stock. */
export const serviceMixDocument = z.strictObject({
  status: z.enum(["optimal", "feasible", "infeasible"]),
  usdPerHour: amount.nullable(),
  replicas: z.record(z.string(), z.record(z.string(), z.int())),
  machinesUsed: z.record(z.string(), z.int()),
  unserved: z.array(z.strictObject({ service: label, requestRatePerSecond: z.number() })).optional(),
  proof,
  explanation,
});

export type Mix = z.output<typeof mixDocument>;
export type ServiceMix = z.output<typeof serviceMixDocument>;

import { z } from "zod";
import { defaultFrontier, defaultPurchase } from "../defaults.ts";
import { type CapacityType, type PlanRequest, planRequest } from "./plan-request.ts";
import { solvesInTime } from "./solves-in-time.ts";

export const frontierAxes = ["latency-target", "spot-share", "commitment", "horizon"] as const;
const commitments = ["none", "1y", "3y", "both"] as const;

const frontierValue = z.union([z.number(), z.enum(commitments)], { error: `must be a number, or one of ${commitments.join(", ")}` });

/** What the cheapest plan costs while one thing is varied and everything else stays as asked. */
export const frontierRequest = z
  .strictObject({
    plan: planRequest,
    axis: z
      .enum(frontierAxes, { error: `must be one of ${frontierAxes.join(", ")}` })
      .describe(
        "latency-target: times every target of every service. spot-share: spotMaxShare. commitment: its terms. horizon: its hours.",
      ),
    values: z
      .array(frontierValue)
      .min(1, "needs at least one value")
      .max(24)
      .optional()
      .describe("On the axis; absent: four or five that the answer's points name."),
  })
  .superRefine(({ plan, axis, values }, context) => {
    (values ?? []).forEach((value, index) => {
      const message = faultOn[axis](value) ?? (values?.indexOf(value) === index ? undefined : "is there twice");
      if (message !== undefined) context.addIssue({ code: "custom", path: ["values", index], message });
    });
    needsCapacityType(plan, axis, context);
    solvesInTime(plan, (values ?? defaultFrontier[axis]).length, context);
  });

export type FrontierRequest = z.output<typeof frontierRequest>;
export type FrontierAxis = (typeof frontierAxes)[number];
export type FrontierValue = z.output<typeof frontierValue>;

type Fault = (value: FrontierValue) => string | undefined;

const numberWithin =
  (rule: string, holds: (value: number) => boolean): Fault =>
  (value) =>
    typeof value === "number" && holds(value) ? undefined : rule;

const faultOn: Readonly<Record<FrontierAxis, Fault>> = {
  "latency-target": numberWithin("must be a factor from 0.01 to 100", (value) => value >= 0.01 && value <= 100),
  "spot-share": numberWithin("must be a share from 0 to 1", (value) => value >= 0 && value <= 1),
  commitment: (value) => (typeof value === "string" ? undefined : `must be one of ${commitments.join(", ")}`),
  horizon: numberWithin(
    "must be a whole number of hours, 1 to 876000",
    (value) => Number.isInteger(value) && value >= 1 && value <= 876_000,
  ),
};

const needed: Readonly<Partial<Record<FrontierAxis, CapacityType>>> = { "spot-share": "spot", commitment: "reserved" };

/** An axis that nothing can move along is a mistake, not a flat line. */
const needsCapacityType = ({ purchase }: PlanRequest, axis: FrontierAxis, context: z.RefinementCtx): void => {
  const capacityType = needed[axis];
  const bought: readonly CapacityType[] = purchase?.capacityTypes ?? defaultPurchase.capacityTypes;
  if (capacityType === undefined || bought.includes(capacityType)) return;
  context.addIssue({
    code: "custom",
    path: ["plan", "purchase", "capacityTypes"],
    message: `must have ${capacityType} for the axis ${axis}`,
  });
};

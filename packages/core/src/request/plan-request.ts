import { z } from "zod";
import { hoursPerWeek } from "../units/index.ts";
import { reserve } from "./accelerator-reference.ts";
import { engine } from "./engine.ts";
import { count, countOrNone, label, notNegative, positive, share, tokenCount, usdAmount } from "./fields.ts";
import { modelReference } from "./model-reference.ts";
import { precisionChoice } from "./precision.ts";
import { surcharges } from "./surcharges.ts";
import { trainingRequest } from "./training-request.ts";

export const capacityTypes = ["on-demand", "spot", "reserved", "owned"] as const;
export const survivals = ["nothing", "one-instance", "one-zone"] as const;
export const commitmentTerms = ["1y", "3y"] as const;
export const stagings = ["monthly", "none"] as const;

export const capacityType = z.enum(capacityTypes, { error: `must be one of ${capacityTypes.join(", ")}` });
export const commitmentTerm = z.enum(commitmentTerms, { error: "must be 1y or 3y" });

export type CapacityType = z.output<typeof capacityType>;
export type CommitmentTerm = z.output<typeof commitmentTerm>;

const trafficClass = z.strictObject({
  name: label,
  islTokens: tokenCount,
  oslTokens: tokenCount,
  prefixHitShare: share.optional(),
  share: positive(1).describe("Of the service's requests; the classes' shares add up to 1."),
});

const users = z
  .strictObject({
    users: count(1_000_000_000),
    concurrentShare: share.min(Number.MIN_VALUE, "must be a share above 0, at most 1"),
    thinkSeconds: notNegative(86_400).optional(),
  })
  .describe("users × concurrentShare people at once, each with a request in flight or thinking before the next.");

const hourOfWeek = z
  .strictObject({
    hourOfWeek: z
      .array(notNegative(1e7))
      .length(hoursPerWeek, `must have ${hoursPerWeek} numbers, Monday 00:00 first`)
      .refine((rates) => rates.some((rate) => rate > 0), "must have at least one hour with requests"),
    timeZone: z
      .string()
      .max(100)
      .refine(isTimeZone, "must be an IANA time zone, like Europe/Berlin")
      .optional()
      .describe("Of the hours; absent: UTC."),
  })
  .describe("A rate for each hour of the week, Monday 00:00 first.");

const burst = z
  .strictObject({
    factor: within(1, 1000).describe("Times the rate of the hour."),
    hoursPerMonth: positive(730),
  })
  .describe("Taken to fall into the busiest hours of the week.");

const demand = z.strictObject({
  classes: z.array(trafficClass).min(1, "needs at least one traffic class").max(20).superRefine(sharesAddUp).superRefine(namesDiffer),
  requestRatePerSecond: z.union([positive(1e7), hourOfWeek, users], {
    error: "must be a number above 0, hourOfWeek, or users and concurrentShare",
  }),
  growthPerMonth: within(-0.5, 1).optional().describe("Compounding; what is bought follows it month by month, see purchase.stages."),
  burst: burst.optional(),
});

const targetMs = positive(86_400_000).optional();

/** At least one target; each holds at the same percentile. */
const serviceLevelObjective = z
  .strictObject({
    ttftMs: targetMs,
    tpotMs: targetMs,
    requestLatencyMs: targetMs,
    percentile: positive(99.9).min(50, "must be a percentile from 50 to 99.9").optional(),
  })
  .refine((slo) => slo.ttftMs ?? slo.tpotMs ?? slo.requestLatencyMs, "needs at least one of ttftMs, tpotMs and requestLatencyMs");

const service = z.strictObject({
  name: label,
  model: modelReference,
  precision: precisionChoice.optional(),
  engine: engine.optional(),
  reserve: reserve.optional(),
  demand,
  slo: serviceLevelObjective,
});

const batchJob = z.strictObject({
  name: label,
  model: modelReference,
  precision: precisionChoice.optional(),
  requests: count(1_000_000_000_000),
  islTokens: tokenCount,
  oslTokens: tokenCount,
  deadlineHours: positive(876_000),
  mayInterrupt: z.boolean().optional().describe("Whether it may run on spot; absent: it may."),
  mayUseIdleHours: z
    .boolean()
    .optional()
    .describe(
      "Whether it may run on what the services have committed to, in the hours of the week in which that stands idle; absent: it may.",
    ),
});

const { accelerator: _accelerator, accelerators: _accelerators, layout: _layout, nodeSize: _nodeSize, ...training } = trainingRequest.shape;

const trainingJob = z.strictObject({
  ...training,
  name: label,
  tokens: positive(1e18).describe("Tokens to train on in all."),
  deadlineDays: positive(3650).optional(),
  budgetUsd: usdAmount.optional().describe("For the whole run."),
  mayInterrupt: z.boolean().optional().describe("Whether it may run on spot; absent: it may."),
});

const purchase = z.strictObject({
  capacityTypes: z.array(capacityType).min(1).max(4).optional(),
  spotMaxShare: share.optional().describe("Of the accelerators in any hour."),
  commitmentTerms: z.array(commitmentTerm).max(2).optional(),
  horizonHours: count(876_000).optional(),
  survive: z
    .enum(survivals, { error: `must be one of ${survivals.join(", ")}` })
    .optional()
    .describe("What may be lost in any hour with every target still met; spot is not counted on for it."),
  shareInstances: z
    .boolean()
    .optional()
    .describe(
      "Whether replicas of different services may share an instance; absent: they may. Never beside jobs, where demand grows, where something must survive, or where storage or egress is priced.",
    ),
  stages: z
    .enum(stagings, { error: `must be one of ${stagings.join(", ")}` })
    .optional()
    .describe(
      "How purchases follow demand that grows: monthly, in at most 12 stages, or none, all at the demand of the busiest month. Absent: monthly.",
    ),
});

const ownedServers = z.strictObject({
  accelerator: label,
  acceleratorsPerServer: count(1024),
  servers: count(1_000_000).describe("How many there are, or how many may be bought."),
  serverUsd: usdAmount.optional().describe("Price of one server; needed unless it is installed."),
  serverKw: positive(1000).optional().describe("Power of one server; absent: 1.8 times its accelerators' own."),
  network: z.enum(["none", "ethernet", "rdma"]).optional(),
  networkGbps: positive(1e6).optional(),
  installedAt: z.iso.date("must be a date: 2026-07-30").optional().describe("Already there: running cost only."),
});

const totalCostOfOwnership = z.strictObject({
  depreciationYears: positive(20).optional(),
  powerUsdPerKwh: notNegative(10).optional(),
  pue: within(1, 5).optional(),
  colocationUsdPerKwMonth: notNegative(10_000).optional(),
  operationsUsdPerServerMonth: notNegative(1e6).optional(),
  maintenanceShare: share.optional().describe("Of the server's price, a year."),
  modelUpdateUsdPerYear: notNegative(1e12).optional().describe("Of the whole fleet; shared out over the servers."),
});

const quota = z
  .strictObject({
    accelerator: label.optional(),
    instanceType: label.optional(),
    region: label.optional(),
    capacityType: capacityType.optional(),
    max: countOrNone(10_000_000).describe("Of accelerators, or of instances where instanceType is given."),
  })
  .refine((limit) => (limit.accelerator === undefined) !== (limit.instanceType === undefined), "needs either accelerator or instanceType");

const names = z.array(label).min(1).max(500).optional();

const market = z.strictObject({
  providers: names,
  regions: names,
  accelerators: names,
  instanceTypes: names,
  quotas: z.array(quota).max(500).optional(),
  owned: z.array(ownedServers).min(1).max(50).optional(),
  tco: totalCostOfOwnership.optional(),
  surcharges: surcharges.optional(),
  catalog: label.optional().describe("A catalog's id; absent: the newest one, or the newest at asOf."),
  asOf: z.iso.date("must be a date: 2026-07-30").optional(),
});

const limits = z.strictObject({
  budgetUsdPerMonth: usdAmount.optional(),
  gap: share.max(0.5, "must be a share from 0 to 0.5").optional(),
  timeLimitSeconds: positive(600).optional(),
});

/** What to plan: services with their demand and targets, work to be done by a deadline, how to buy, where, and within which limits. */
export const planRequest = z
  .strictObject({
    name: label.optional(),
    services: z.array(service).max(50).superRefine(namesDiffer).default([]).describe("None where there are only jobs."),
    batchJobs: z.array(batchJob).max(50).superRefine(namesDiffer).optional().describe("Work without latency targets, done by a deadline."),
    trainingJobs: z.array(trainingJob).max(20).superRefine(namesDiffer).optional(),
    purchase: purchase.optional(),
    market: market.optional(),
    limits: limits.optional(),
    current: z.record(z.string(), z.unknown()).optional().describe("A plan in force, as an earlier answer gave it."),
    switchingUsdPerInstance: usdAmount.optional().describe("Once, for each instance the plan in force does not have."),
  })
  .refine(
    ({ services, batchJobs = [], trainingJobs = [] }) => services.length + batchJobs.length + trainingJobs.length > 0,
    "needs at least one of services, batchJobs and trainingJobs",
  );

export type PlanRequest = z.output<typeof planRequest>;
export type ServiceRequest = z.output<typeof service>;
export type TrafficClass = z.output<typeof trafficClass>;
export type ServiceLevelObjective = z.output<typeof serviceLevelObjective>;
export type Demand = z.output<typeof demand>;
export type TrainingJob = z.output<typeof trainingJob>;
export type BatchJob = z.output<typeof batchJob>;
export type Survival = (typeof survivals)[number];
export type OwnedServers = z.output<typeof ownedServers>;
export type TotalCostOfOwnership = z.output<typeof totalCostOfOwnership>;
export type Quota = z.output<typeof quota>;

function sharesAddUp(classes: readonly { share: number }[], context: z.RefinementCtx): void {
  const total = classes.reduce((sum, { share }) => sum + share, 0);
  if (Math.abs(total - 1) > 1e-6) context.addIssue({ code: "custom", message: `must have shares that add up to 1, not ${total}` });
}

export function namesDiffer(items: readonly { name: string }[], context: z.RefinementCtx): void {
  items.forEach(({ name }, index) => {
    if (items.findIndex((other) => other.name === name) < index) {
      context.addIssue({ code: "custom", path: [index, "name"], message: "is taken by another entry of this list" });
    }
  });
}

function within(least: number, most: number): z.ZodNumber {
  const rule = `must be a number from ${least} to ${most}`;
  return z.number({ error: rule }).min(least, rule).max(most, rule);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

import { z } from "zod";
import { mostStages } from "../candidates/index.ts";
import { networkKinds, offerDocument, priceTrusts } from "../market/index.ts";
import { perAcceleratorMemory } from "../memory/index.ts";
import { count, countOrNone, label, notNegative, share, tokenCount, usdText } from "../request/fields.ts";
import { capacityType, commitmentTerm, planRequest } from "../request/plan-request.ts";
import { kvCacheFormat, weightFormat } from "../request/precision.ts";
import { hoursPerWeek } from "../units/index.ts";

const usdOrNone = usdText.nullable();

const layout = z.strictObject({
  tensorParallelSize: count(1024),
  pipelineParallelSize: count(1024),
  dataParallelSize: count(4096),
  expertParallel: z.boolean(),
});

const engine = z.strictObject({
  name: z.string(),
  version: z.string().optional(),
  gpuMemoryUtilization: share,
  maxModelLen: tokenCount,
  maxNumSeqs: count(1_000_000),
  maxNumBatchedTokens: tokenCount,
});

const figure = notNegative();

const byClass = z.record(z.string(), figure);

const hourlyCount = z
  .union([count(10_000_000), z.strictObject({ hourOfWeek: z.array(countOrNone(10_000_000)).length(hoursPerWeek) })], {
    error: `must be a whole number, or hourOfWeek with ${hoursPerWeek} whole numbers`,
  })
  .describe("The same in every hour, or one for each hour of the week, Monday 00:00 first.");

const hourlyInstances = z.union([countOrNone(10_000_000), hourlyCount], { error: "must be 0 or more, or hourOfWeek" });
const estimateSource = z.enum(["measured", "interpolated", "roofline"]);

const line = z.strictObject({
  for: label,
  offerId: label,
  provider: label,
  region: label,
  instanceType: label,
  accelerator: label,
  acceleratorsPerInstance: count(100_000),
  capacityType,
  term: commitmentTerm.optional(),
  usdPerInstanceHour: usdText.describe("All in: with the disk it holds, where the request prices storage."),
  priceParts: z
    .strictObject({ listUsdPerInstanceHour: usdText, storageUsdPerInstanceHour: usdText })
    .optional()
    .describe("Of usdPerInstanceHour; present where the request prices storage."),
  priceTrust: z.enum(priceTrusts),
  priceSource: z.string(),
  priceDate: z.string(),
  instances: hourlyInstances.describe("What the line pays for; 0 where its replicas run on instances that another line pays for."),
  sharesInstancesOf: countOrNone(100_000)
    .optional()
    .describe("Index of the line, on the same offer, that pays for the instances that this line's replicas run on."),
  replicas: hourlyCount,
  instancesPerReplica: count(10_000).describe("Above 1 where a replica spans instances."),
  replicasPerInstance: count(10_000).describe("Above 1 where replicas share an instance."),
  layout,
  precision: z.strictObject({ weights: weightFormat, kvCache: kvCacheFormat }),
  engine,
  memory: perAcceleratorMemory,
  predicted: z
    .strictObject({
      percentile: figure,
      ttftMs: figure,
      tpotMs: figure,
      tpotMsInterval: z.tuple([figure, figure]).describe("80 % of measurements are expected inside."),
      requestLatencyMs: figure,
      requestsInFlightPerReplica: figure.describe("At the planned load."),
      maxRequestsInFlightPerReplica: byClass.describe("Within the targets, by traffic class."),
      requestsPerSecondPerReplica: byClass.describe("Within the targets, by traffic class."),
      source: estimateSource,
    })
    .optional()
    .describe("Of a line that serves requests; a training run answers none."),
  active: z
    .strictObject({ fromHour: figure, untilHour: figure })
    .optional()
    .describe("Hours of the horizon in which the line is there and paid for, to the thousandth; absent: all of them."),
  batch: z
    .strictObject({
      requests: figure.describe("That the line does of the job."),
      hours: figure.describe("In which it does them, from the horizon's start, to the thousandth."),
      usdForTheRun: usdText.describe("While it is there."),
    })
    .optional()
    .describe("Of a batch job."),
  idle: z
    .strictObject({
      line: countOrNone(100_000).describe("Index of the service's line, on the same offer, whose commitment stands idle in these hours."),
      instances: hourlyInstances.describe("Of that line's, at work for the job; the job's line pays for none itself."),
      instanceHoursPerWeek: figure,
    })
    .optional()
    .describe("Of a batch job's line that runs where a service's commitment would stand idle, until active.untilHour."),
  training: z
    .strictObject({ days: figure, acceleratorHours: figure, usdForTheRun: usdText, mfu: figure, source: estimateSource })
    .optional()
    .describe("Of a training job, while it is active."),
  needs: z.strictObject({
    storageGib: figure,
    hostMemoryGib: figure.optional().describe("Absent where nobody knows: of a training run, what it offloads."),
    network: z.enum(networkKinds),
  }),
  has: z
    .strictObject({
      hostMemoryGib: figure.optional(),
      hostMemory: z.enum(["enough", "tight", "not-known"]).describe("tight: weights load, but slowly."),
      network: z.enum(networkKinds),
      networkGbps: figure.optional(),
    })
    .optional()
    .describe("What each instance brings, as its offer says."),
  egress: z
    .strictObject({ gibPerHour: figure, usdPerGib: usdText, usdPerHour: usdText })
    .optional()
    .describe("The answers of this line, mean over the hours in which it is there; present where the request prices egress."),
  usdPerHour: usdText.describe("Mean over the horizon: instances × usdPerInstanceHour, and egress."),
  usdPerHourShare: usdText
    .optional()
    .describe("Of a line whose instances are shared: their cost by the accelerators that its replicas use, mean over the hours."),
});

const hour = countOrNone(hoursPerWeek - 1);

const stageIndex = countOrNone(mostStages - 1)
  .optional()
  .describe("Position in stages; absent where there are none.");

const routing = z.strictObject({
  service: label,
  class: label,
  hour: hour.optional().describe("Absent: in every hour."),
  stage: stageIndex,
  shares: z.record(z.string(), share).describe("By line index."),
});

const demandMet = z.strictObject({
  service: label,
  class: label,
  hour: hour.describe("Of the week, Monday 00:00 first; a constant demand has one row, for hour 0."),
  stage: stageIndex,
  requiredRequestsPerSecond: figure,
  providedRequestsPerSecond: figure,
});

const cost = z.strictObject({
  usdPerHour: usdText.describe("Mean over the horizon."),
  usdPerMonth: usdText.describe("730 hours."),
  usdHorizon: usdText,
  usdUpfront: usdText,
  usdCommittedBeyondHorizon: usdText,
  usdSwitching: usdText.optional().describe("Once, against the plan in force; not in the other figures."),
  byCapacityType: z.partialRecord(capacityType, usdText),
  parts: z
    .strictObject({ listUsdPerHour: usdText, storageUsdPerHour: usdText, egressUsdPerHour: usdText })
    .optional()
    .describe("Of usdPerHour; present where the request prices storage or egress."),
  usdPerMillionOutputTokens: z.record(z.string(), usdText).describe("By service; shared instances by the accelerators used."),
});

const check = z.strictObject({ rule: z.string(), holds: z.boolean(), detail: z.string().optional() });

const proof = z.strictObject({
  lowerBoundUsdPerHour: usdOrNone,
  gap: z.number().nullable(),
  verified: z.boolean(),
  backend: z.string(),
  seconds: z.number(),
  checks: z.array(check),
});

export const rejectionCodes = [
  "memory",
  "engine",
  "precision",
  "ttft",
  "tpot",
  "request-latency",
  "context",
  "host-memory",
  "not-for-sale",
  "dearer",
] as const;

const rejection = z.strictObject({
  service: label.optional(),
  what: z.string(),
  code: z.enum(rejectionCodes),
  required: z.number().nullable(),
  available: z.number().nullable(),
  unit: z.string(),
  detail: z.string(),
  wouldEnterAtUsdPerInstanceHour: usdText.optional(),
});

const explanation = z.strictObject({
  text: z.array(z.string()).describe("The plan in sentences."),
  bindingConstraints: z.array(z.strictObject({ constraint: z.string(), slack: z.number(), usdPerHourOfOneMore: usdOrNone })),
  runnersUp: z
    .array(
      z.strictObject({
        change: z.string(),
        usdPerHour: usdText,
        differenceUsdPerHour: usdText,
        usdPerHourAtLeast: usdText.optional().describe("Proved: no plan with this change costs less. Absent where nothing is proved."),
      }),
    )
    .describe("Each a whole plan that passed the check."),
  rejections: z.array(rejection),
  relaxations: z.array(z.strictObject({ change: z.string(), from: z.string(), to: z.string(), usdPerHour: usdOrNone })).optional(),
  baselines: z
    .strictObject({
      onDemandOnly: usdOrNone,
      cheapestSingleType: usdOrNone,
      allReserved: usdOrNone,
      popularRule: usdOrNone.describe("Spot below half of the peak, reserved below eight tenths, on-demand above."),
      popularRuleFails: z.string().optional().describe("Where popularRule is null: what stands against a plan by that rule."),
      current: usdOrNone.optional().describe("The plan in force at today's prices; null where it no longer serves the request."),
    })
    .describe("Each a whole plan that passed the check; null where none was found that does."),
  throughputMayFallBy: z.number().nullable().describe("Share by which every throughput estimate may be wrong before a target is missed."),
});

/** The answer to a PlanRequest: what to buy, what it costs, what is proved, why everything else was refused. */
export const planDocument = z.strictObject({
  id: label,
  name: label.optional(),
  status: z.enum(["optimal", "feasible", "infeasible"]),
  catalog: label,
  catalogAsOf: z.string(),
  version: z.string().describe("Of Headroom."),
  inputHash: z.string().describe("SHA-256 of request, catalog and version: equal hashes, equal plans."),
  cost: cost.nullable(),
  stages: z
    .array(z.strictObject({ fromHour: figure, untilHour: figure }))
    .min(2)
    .max(mostStages)
    .optional()
    .describe("Parts of the horizon that differ in demand and in what is bought; absent: all of it is alike."),
  lines: z.array(line),
  routing: z.array(routing),
  demandMet: z.array(demandMet),
  proof,
  explanation,
  assumptions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  request: planRequest.describe("What was asked, so that the plan can be verified by itself."),
  offers: z.array(offerDocument).describe("The offers that the lines name."),
});

export type Plan = z.output<typeof planDocument>;
export type PlanLine = Plan["lines"][number];
export type HourlyCount = PlanLine["instances"];
export type PlanCost = NonNullable<Plan["cost"]>;
export type PlanCheck = Plan["proof"]["checks"][number];
export type RejectionDocument = Plan["explanation"]["rejections"][number];
export type Explanation = Plan["explanation"];

/** Answer to a verification: every rule that does not hold. */
export const verification = z.strictObject({
  holds: z.boolean(),
  violations: z.array(z.strictObject({ rule: z.string(), detail: z.string() })),
});

export type Verification = z.output<typeof verification>;

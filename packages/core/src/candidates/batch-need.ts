import { defaultPurchase } from "../defaults.ts";
import { resolveEngine } from "../memory/index.ts";
import { resolveModel } from "../model/index.ts";
import type { BatchJob, PlanRequest } from "../request/index.ts";
import { type Outcome, refuse, refuseAll, succeed, under } from "../units/index.ts";
import { allowedPrecisions } from "./allowed-precisions.ts";
import type { ServiceNeed } from "./service-need.ts";

/** A batch job as a plan sees it: so many requests within so many hours from now, without a target on latency. */
export interface BatchNeed {
  /** At the steady rate that would just do; what a replica sustains is all that is used of it. */
  readonly need: ServiceNeed;
  /** Of the job, those that fall into the horizon. */
  readonly requests: number;
  /** Until the deadline, or the end of the horizon. */
  readonly hours: number;
  /** Whether it may run on idle hours of the services' commitments. */
  readonly idleHours: "allowed" | "refused";
}

/** Every batch job. A name stands for one thing in a plan, so it is nobody else's. */
export const batchNeeds = (request: PlanRequest): Outcome<readonly BatchNeed[]> => {
  const { services, batchJobs = [], trainingJobs = [] } = request;
  const horizonHours = request.purchase?.horizonHours ?? defaultPurchase.horizonHours;
  const taken = new Set(services.map(({ name }) => name));
  const needs = batchJobs.map((job, index) =>
    under(`/batchJobs/${index}`, taken.has(job.name) ? refuse("/name", "is taken by a service") : batchNeed(job, horizonHours)),
  );
  const batch = new Set(batchJobs.map(({ name }) => name));
  const training = trainingJobs.flatMap(({ name }, index) =>
    taken.has(name) || batch.has(name) ? [refuse(`/trainingJobs/${index}/name`, "is taken by a service or a batch job")] : [],
  );
  const errors = [...needs, ...training].flatMap((need) => (need.ok ? [] : need.errors));
  return errors.length > 0 ? refuseAll(errors) : succeed(needs.flatMap((need) => (need.ok ? [need.value] : [])));
};

/** Of a job that may go on after the horizon, the part that a steady rate does within it. */
const batchNeed = (job: BatchJob, horizonHours: number): Outcome<BatchNeed> => {
  const { name, islTokens, oslTokens, deadlineHours, mayInterrupt, mayUseIdleHours } = job;
  const resolved = under("/model", resolveModel(job.model));
  if (!resolved.ok) return resolved;
  const model = resolved.value;
  const maxModelLen = islTokens + oslTokens;
  if (maxModelLen > model.maxPositionEmbeddings)
    return refuse("/oslTokens", `${maxModelLen} tokens in and out are more than the model's ${model.maxPositionEmbeddings}`);
  const hours = Math.min(deadlineHours, horizonHours);
  const requests = job.requests * (hours / deadlineHours);
  return succeed({
    need: {
      name,
      model,
      precisions: allowedPrecisions(model, job),
      engine: { ...resolveEngine(undefined, model), maxModelLen },
      reserve: { memoryShare: 0, computeShare: 0 },
      targets: { percentile: 0.5, ttftSeconds: undefined, tpotSeconds: undefined, requestLatencySeconds: undefined },
      unit: { kind: "rate" },
      classes: [{ name: "all", shape: { islTokens, oslTokens, prefixHitShare: 0 }, amount: requests / (hours * 3600) }],
      loadByHour: [1],
      spot: mayInterrupt === false ? "refused" : "allowed",
    },
    requests,
    hours,
    idleHours: mayUseIdleHours === false ? "refused" : "allowed",
  });
};

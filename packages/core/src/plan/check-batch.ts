import { type BatchNeed, dependableShare } from "../candidates/index.ts";
import { type BuyingRules, isCommitted } from "../market/index.ts";
import { formatUsd } from "../units/index.ts";
import { takenByReplica } from "./check-demand.ts";
import type { CheckedRule, CheckInput } from "./check-input.ts";
import { mostOf } from "./hourly-count.ts";
import { idleReplicaHours } from "./idle-replica-hours.ts";
import { lineCostWhileActive } from "./plan-cost.ts";
import type { PlanLine } from "./plan-document.ts";

/** Sums of floats may miss a whole by this much. */
const tolerance = 1e-7;

export type BatchLine = PlanLine & { readonly batch: NonNullable<PlanLine["batch"]> };

/** The work of every batch job is done by its deadline, and no line does more of it than it can. */
export const checkBatch = (input: CheckInput): CheckedRule[] => {
  const lines = input.plan.lines.flatMap((line) => (line.batch ? [{ ...line, batch: line.batch }] : []));
  if (input.jobs.length + lines.length === 0) return [];
  return [
    {
      rule: "batch jobs",
      violations: [
        ...input.jobs.flatMap((job) => workViolations(job, lines)),
        ...lines.flatMap((line) => lineViolations(input, line).map((violation) => `${line.for}: ${violation}`)),
      ],
    },
  ];
};

const workViolations = ({ need, requests }: BatchNeed, lines: readonly BatchLine[]): string[] => {
  const done = lines.reduce((sum, line) => (line.for === need.name ? sum + line.batch.requests : sum), 0);
  return Math.abs(done - requests) <= tolerance * requests ? [] : [`${need.name} has ${done} of ${requests} requests done`];
};

const lineViolations = (input: CheckInput, line: BatchLine): string[] => {
  const job = input.jobs.find(({ need }) => need.name === line.for);
  const [perSecond] = (job && takenByReplica(input, line, job.need)) ?? [];
  if (!job || perSecond === undefined) return ["names a job that is not there, or cannot be placed"];
  if (line.training) return ["is a training run too"];
  if (!line.idle && (typeof line.instances !== "number" || typeof line.replicas !== "number")) return ["changes by the hour"];
  const { requests, usdForTheRun } = line.batch;
  const can = perSecond * replicaHours(line) * 3600;
  const cost = formatUsd(lineCostWhileActive(line, input.rules));
  return [
    ...timeViolations(line, job, input.rules),
    ...(requests > 0 && requests <= can * (1 + tolerance) ? [] : [`does ${requests} requests in hours that suffice for ${can}`]),
    ...(usdForTheRun === cost ? [] : [`the run costs ${cost}, not ${usdForTheRun}`]),
  ];
};

/** Hours of one replica that the line can be counted on for. */
export const replicaHours = ({ replicas, capacityType, batch, idle }: BatchLine): number =>
  idle ? idleReplicaHours(replicas, batch.hours) : mostOf(replicas) * dependableShare(capacityType) * batch.hours;

/** A run begins with the horizon and its machines go when it ends; a commitment stays, whatever it is needed for, and so does a service's that stood idle. */
const timeViolations = (line: BatchLine, job: BatchNeed, { horizonHours }: BuyingRules): string[] => {
  const { hours } = line.batch;
  const whole = { fromHour: 0, untilHour: horizonHours };
  const { fromHour, untilHour } = line.active ?? whole;
  const there = fromHour === 0 && untilHour === (isCommitted(line) && !line.idle ? horizonHours : hours);
  return [
    ...(there ? [] : [`is there from hour ${fromHour} to ${untilHour} for a run of ${hours} hours`]),
    ...(hours > 0 && hours <= job.hours ? [] : [`runs for ${hours} hours of at most ${job.hours}`]),
  ];
};

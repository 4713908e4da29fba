import { defaultIdleUse } from "../defaults.ts";
import { isCommitted } from "../market/index.ts";
import { hoursPerWeek } from "../units/index.ts";
import type { CheckedRule, CheckInput } from "./check-input.ts";
import { countAt, countOfWeek, mostOf } from "./hourly-count.ts";
import type { PlanLine } from "./plan-document.ts";

type IdleLine = PlanLine & { readonly idle: NonNullable<PlanLine["idle"]> };

/**
 * Jobs run only where a service's commitment stands idle: in every hour of the week what the service has at work and what the jobs
 * have are no more instances than are paid for, and no stretch is too short to change models for.
 */
export const checkIdle = (input: CheckInput): CheckedRule[] => {
  const { lines } = input.plan;
  const onIdle = lines.flatMap((line, index) => (line.idle ? [{ line: { ...line, idle: line.idle }, index }] : []));
  if (onIdle.length === 0) return [];
  const hosts = [...new Set(onIdle.map(({ line }) => line.idle.line))];
  return [
    {
      rule: "idle hours",
      violations: [
        ...onIdle.flatMap(({ line, index }) => lineViolations(input, line).map((violation) => `line ${index}: ${violation}`)),
        ...hosts.flatMap((host) => hostViolations(lines, host)),
      ],
    },
  ];
};

const lineViolations = ({ jobs, rules }: CheckInput, line: IdleLine): string[] => {
  const { instances, instanceHoursPerWeek } = line.idle;
  const job = jobs.find(({ need }) => need.name === line.for);
  const isAsSaid = hoursOfWeek.every((hour) => countAt(instances, hour) === instancesAtWork(line, hour));
  return [
    ...(line.batch ? [] : ["runs on idle hours and is no batch job"]),
    ...(line.instances === 0 ? [] : ["runs on what a service pays for, and pays for instances"]),
    ...(isAsSaid ? [] : ["has other instances at work than its replicas take"]),
    ...(instanceHoursPerWeek === countOfWeek(instances) ? [] : [`is at work for ${countOfWeek(instances)} instance-hours a week`]),
    ...(job?.idleHours === "allowed" ? [] : ["is on idle hours, which its job may not use"]),
    ...(job?.need.spot === "refused" && typeof line.replicas !== "number" ? ["is interrupted, which its job may not be"] : []),
    ...(rules.surcharges.storage ? ["has a disk of its own, which is priced"] : []),
  ];
};

const hostViolations = (lines: readonly PlanLine[], index: number): string[] => {
  const host = lines[index];
  const guests = lines.flatMap((line) => (line.idle?.line === index ? [{ ...line, idle: line.idle }] : []));
  if (!host || !mayBeUsed(host, lines, index)) return [`line ${index} is no service's commitment that stands by itself`];
  const strange = guests.filter(({ offerId }) => offerId !== host.offerId);
  if (strange.length > 0) return strange.map(({ for: job }) => `${job} runs on idle hours of line ${index}, which is on another offer`);
  const most = mostOf(host.instances);
  const full = hoursOfWeek.flatMap((hour) => {
    const used = guests.reduce((sum, { idle }) => sum + countAt(idle.instances, hour), instancesAtWork(host, hour));
    return used <= most ? [] : [`${used} of ${most} instances of line ${index} are at work in hour ${hour}`];
  });
  return full.length > 0 ? full : guests.flatMap(stretchViolations);
};

const mayBeUsed = (host: PlanLine, lines: readonly PlanLine[], index: number): boolean =>
  isCommitted(host) &&
  typeof host.instances === "number" &&
  !(host.batch ?? host.training ?? host.active ?? host.idle) &&
  host.sharesInstancesOf === undefined &&
  lines.every(({ sharesInstancesOf }) => sharesInstancesOf !== index);

const hoursOfWeek = Array.from({ length: hoursPerWeek }, (_, hour) => hour);

const instancesAtWork = ({ replicas, replicasPerInstance, instancesPerReplica }: PlanLine, hour: number): number =>
  Math.ceil(countAt(replicas, hour) / replicasPerInstance) * instancesPerReplica;

/** The n-th replica is there in the hours that have as many: each of its stretches by itself. */
const stretchViolations = ({ for: job, replicas }: IdleLine): string[] => {
  const least = defaultIdleUse.leastStretchHours;
  const layers = Array.from({ length: mostOf(replicas) }, (_, below) => hoursOfWeek.map((hour) => countAt(replicas, hour) > below));
  return layers.some((layer) => shortestStretch(layer) < least)
    ? [`${job} runs on an idle stretch of less than ${least} hours, too short to change models for`]
    : [];
};

/** In a week that goes round; infinite where it has no end, or there is none. */
const shortestStretch = (isThere: readonly boolean[]): number => {
  const gap = isThere.indexOf(false);
  if (gap < 0) return Number.POSITIVE_INFINITY;
  let [shortest, length] = [Number.POSITIVE_INFINITY, 0];
  for (let step = 1; step <= isThere.length; step++) {
    if (isThere[(gap + step) % isThere.length]) length += 1;
    else {
      if (length > 0) shortest = Math.min(shortest, length);
      length = 0;
    }
  }
  return shortest;
};

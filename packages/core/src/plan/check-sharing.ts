import { isCommitted } from "../market/index.ts";
import { acceleratorsOf } from "../memory/index.ts";
import { formatUsd, hoursPerWeek } from "../units/index.ts";
import type { CheckedRule, CheckInput } from "./check-input.ts";
import { countAt } from "./hourly-count.ts";
import { leftUnpacked } from "./pack-replicas.ts";
import type { PlanLine } from "./plan-document.ts";
import { type SharedPool, sharedPools, sharesPerHour } from "./shared-pools.ts";

/**
 * Where a request has several services, their replicas may run on the same instances: one line pays for these, the others are
 * on the same offer, and in every hour all of them can be packed. On a commitment every line runs the same replicas in every hour: nobody takes turns.
 */
export const checkSharing = (input: CheckInput): CheckedRule[] => {
  const { lines } = input.plan;
  const pools = sharedPools(lines);
  const violations = [...pools.flatMap((pool) => poolViolations(input, pool)), ...shareViolations(lines)];
  return pools.length + violations.length === 0 ? [] : [{ rule: "shared instances", violations }];
};

const poolViolations = ({ plan, rules, needs }: CheckInput, { host, members }: SharedPool): string[] => {
  const { lines } = plan;
  const paying = lines[host];
  if (!paying) return [`line ${host} is said to pay for instances and is not there`];
  if (!rules.shareInstances || needs.length < 2) return [`line ${host} shares its instances, which the request does not let them be`];
  const sharing = members.flatMap((member) => lines[member] ?? []);
  const wrong = members.flatMap((member) => memberViolations(lines, host, member));
  if (wrong.length > 0) return wrong;
  return packingViolations(sharing, host);
};

const memberViolations = (lines: readonly PlanLine[], host: number, member: number): string[] => {
  const [line, paying] = [lines[member], lines[host]];
  if (!line || !paying) return [];
  const wrong = (what: string) => [`line ${member} ${what} and shares the instances of line ${host}`];
  const perInstance = Math.floor(line.acceleratorsPerInstance / acceleratorsOf(line.layout));
  const steady = typeof line.instances === "number" && typeof line.replicas === "number";
  return [
    ...(line.offerId === paying.offerId ? [] : wrong(`is on ${line.offerId}`)),
    ...(paying.sharesInstancesOf === undefined ? [] : wrong("is on instances that its line does not pay for")),
    ...(member === host || line.instances === 0 ? [] : wrong("pays for instances")),
    ...(line.training === undefined && line.active === undefined ? [] : wrong("is not there in every hour")),
    ...(line.instancesPerReplica === 1 ? [] : wrong("has replicas that span instances")),
    ...(line.replicasPerInstance === perInstance ? [] : wrong(`has room for ${perInstance} replicas an instance`)),
    ...(isCommitted(line) && !steady ? wrong("is committed, changes by the hour") : []),
  ];
};

const packingViolations = (sharing: readonly PlanLine[], host: number): string[] => {
  const [paying] = sharing;
  if (!paying) return [];
  const hours = sharing.every(({ instances, replicas }) => typeof instances === "number" && typeof replicas === "number")
    ? [0]
    : Array.from({ length: hoursPerWeek }, (_, hour) => hour);
  return hours.flatMap((hour) => {
    const instances = countAt(paying.instances, hour);
    const replicas = sharing.map((line) => ({ size: acceleratorsOf(line.layout), count: countAt(line.replicas, hour) }));
    const left = leftUnpacked(replicas, { instances, accelerators: paying.acceleratorsPerInstance });
    return left === 0 ? [] : [`${left} replicas find no room on the ${instances} instances of line ${host} in hour ${hour}`];
  });
};

const shareViolations = (lines: readonly PlanLine[]): string[] =>
  sharesPerHour(lines).flatMap((share, index) => {
    const derived = share === undefined ? undefined : formatUsd(share);
    const claimed = lines[index]?.usdPerHourShare;
    return claimed === derived ? [] : [`the share of line ${index} is ${derived}, not ${claimed}`];
  });

import { acceleratorsOf } from "../memory/index.ts";
import { divideUsd, formatUsd, hoursPerWeek, type MicroUsd, microUsd, sumUsd, timesCount, usd } from "../units/index.ts";
import { countAt, countOfWeek } from "./hourly-count.ts";
import type { PlanLine } from "./plan-document.ts";

/** Lines whose replicas run on the same instances; the first one pays for them. */
export interface SharedPool {
  readonly host: number;
  readonly members: readonly number[];
}

type SharingLine = Pick<PlanLine, "instances" | "replicas" | "layout" | "usdPerInstanceHour" | "sharesInstancesOf">;

/** In the order of the lines that pay. */
export const sharedPools = (lines: readonly Pick<PlanLine, "sharesInstancesOf">[]): SharedPool[] => {
  const hosts = [...new Set(lines.flatMap(({ sharesInstancesOf }) => sharesInstancesOf ?? []))].toSorted((a, b) => a - b);
  return hosts.map((host) => ({
    host,
    members: [host, ...lines.flatMap(({ sharesInstancesOf }, index) => (sharesInstancesOf === host ? [index] : []))],
  }));
};

/** Parts of a micro-dollar in which the hours of a share are summed. */
const fine = 1_000_000n;

/**
 * What each line costs in a week when shared instances are paid for by use.
 *
 *   share of line l = Σ_h price · instances_h · used_lh / Σ_m used_mh          used: accelerators of its replicas
 *
 * What rounding leaves, and hours in which nobody uses an instance, fall to the line that pays.
 */
export const weekByUse = (lines: readonly SharingLine[]): MicroUsd[] => {
  const weeks = lines.map(({ usdPerInstanceHour, instances }) => timesCount(usd(usdPerInstanceHour), countOfWeek(instances)));
  for (const { host, members } of sharedPools(lines)) {
    const paying = lines[host];
    if (!paying || paying.sharesInstancesOf !== undefined) continue;
    const shares = guestShares(lines, paying, members);
    members.slice(1).forEach((member, position) => {
      weeks[member] = microUsd((2n * (shares[position] ?? 0n) + fine) / (2n * fine));
    });
    const guests = sumUsd(members.slice(1).map((member) => weeks[member] ?? microUsd(0n)));
    weeks[host] = microUsd((weeks[host] ?? 0n) - guests);
  }
  return weeks;
};

const guestShares = (lines: readonly SharingLine[], paying: SharingLine, members: readonly number[]): bigint[] => {
  const shares = members.slice(1).map(() => 0n);
  const price = usd(paying.usdPerInstanceHour) * fine;
  for (let hour = 0; hour < hoursPerWeek; hour++) {
    const used = members.map((member) => acceleratorsInUse(lines[member], hour));
    const all = used.reduce((sum, one) => sum + one, 0);
    if (all === 0) continue;
    const paid = price * BigInt(countAt(paying.instances, hour));
    shares.forEach((share, position) => {
      shares[position] = share + (paid * BigInt(used[position + 1] ?? 0)) / BigInt(all);
    });
  }
  return shares;
};

const acceleratorsInUse = (line: SharingLine | undefined, hour: number): number =>
  line ? countAt(line.replicas, hour) * acceleratorsOf(line.layout) : 0;

/** What each line that shares costs in an hour, by use; undefined for a line that shares nothing. */
export const sharesPerHour = (lines: readonly SharingLine[]): (MicroUsd | undefined)[] => {
  const sharing = new Set(sharedPools(lines).flatMap(({ members }) => members));
  return weekByUse(lines).map((week, index) => (sharing.has(index) ? divideUsd(week, hoursPerWeek) : undefined));
};

/** Lines with what they cost by use, where they share. */
export const withShares = (lines: readonly PlanLine[]): PlanLine[] => {
  const shares = sharesPerHour(lines);
  return lines.map(({ usdPerHourShare: _, ...line }, index) => {
    const share = shares[index];
    return share === undefined ? line : { ...line, usdPerHourShare: formatUsd(share) };
  });
};

/** What sharing saves in an hour: each line's replicas on instances of its own, less what is paid for. */
export const savedPerHour = (lines: readonly PlanLine[], { host, members }: SharedPool): MicroUsd => {
  const paying = lines[host];
  if (!paying) return microUsd(0n);
  let apart = 0;
  for (let hour = 0; hour < hoursPerWeek; hour++) {
    const own = members.map((member) => Math.ceil(countAt(lines[member]?.replicas ?? 0, hour) / (lines[member]?.replicasPerInstance ?? 1)));
    apart += own.reduce((sum, instances) => sum + instances, 0) - countAt(paying.instances, hour);
  }
  return divideUsd(timesCount(usd(paying.usdPerInstanceHour), apart), hoursPerWeek);
};

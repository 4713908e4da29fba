import type { BucketMixRequest, ServiceMixRequest } from "../request/mix-request.ts";
import { type MicroUsd, microUsd, timesCount, usd } from "../units/index.ts";
import type { Mix, ServiceMix } from "./mix-document.ts";

/** Sums of floats may miss a bound by this share of it; counts and money are exact. */
const tolerance = 1e-7;

/**
 * Re-derives a mix from its request alone: whole counts within their limits, every bucket served in full by machines
 * that may serve it, no machine over its capacity, and the cost to the micro-dollar. Empty: all hold.
 */
export const checkMix = (request: BucketMixRequest, mix: Pick<Mix, "counts" | "routing">, cost: MicroUsd): string[] => [
  ...countViolations(request, mix.counts),
  ...servedViolations(request, mix.routing),
  ...capacityViolations(request, mix),
  ...sliceViolations(request, mix.routing),
  ...(mixCost(request, mix.counts) === cost ? [] : ["the cost is not the sum of counts times prices"]),
];

export const mixCost = ({ machines }: BucketMixRequest, counts: Mix["counts"]): MicroUsd =>
  machines.reduce((sum, { id, usdPerHour }) => microUsd(sum + timesCount(usd(usdPerHour), counts[id] ?? 0)), microUsd(0n));

const isWhole = (count: number): boolean => Number.isSafeInteger(count) && count >= 0;

const countViolations = ({ machines }: BucketMixRequest, counts: Mix["counts"]): string[] => {
  const known = new Map(machines.map(({ id, max }) => [id, max ?? Number.POSITIVE_INFINITY]));
  return Object.entries(counts).flatMap(([id, count]) => {
    const most = known.get(id);
    if (most === undefined) return [`${id} is not among the machines`];
    if (!isWhole(count)) return [`${count} of ${id} is not a whole number`];
    return count > most ? [`${count} of ${id} are more than the ${most} that can be had`] : [];
  });
};

const shareOf = (routing: Mix["routing"], id: string, row: number, column: number): number => routing[id]?.[row]?.[column] ?? 0;

const servedViolations = ({ machines, demand }: BucketMixRequest, routing: Mix["routing"]): string[] =>
  demand.distribution.flatMap((shares, row) =>
    shares.flatMap((share, column) => {
      if (share <= 0) return [];
      const served = machines.reduce((sum, { id }) => sum + shareOf(routing, id, row, column), 0);
      return Math.abs(served - 1) <= tolerance ? [] : [`bucket ${row},${column} is served to a share of ${served}`];
    }),
  );

const capacityViolations = (request: BucketMixRequest, { counts, routing }: Pick<Mix, "counts" | "routing">): string[] =>
  request.machines.flatMap((machine) => {
    const routed = routedBuckets(request, routing[machine.id] ?? []);
    const strange = routed.flatMap(({ row, column, share }) => {
      if (share < 0) return [`${machine.id} has a negative share of bucket ${row},${column}`];
      return rateOf(machine, row, column) > 0 ? [] : [`${machine.id} may not serve bucket ${row},${column}`];
    });
    if (strange.length > 0) return strange;
    const load = routed.reduce((sum, { row, column, share, demand }) => sum + (share * demand) / rateOf(machine, row, column), 0);
    const count = counts[machine.id] ?? 0;
    return load <= count + tolerance * Math.max(1, count) ? [] : [`${machine.id} is loaded with ${load} machines' work on ${count}`];
  });

const rateOf = ({ requestsPerSecond }: BucketMixRequest["machines"][number], row: number, column: number): number =>
  requestsPerSecond[row]?.[column] ?? 0;

/** The buckets with demand that a machine has a share of. */
const routedBuckets = ({ demand }: BucketMixRequest, shares: readonly (readonly number[])[]) =>
  shares.flatMap((ofRow, row) =>
    ofRow.flatMap((share, column) => {
      const inBucket = (demand.distribution[row]?.[column] ?? 0) * demand.requestRatePerSecond;
      return share !== 0 && inBucket > 0 ? [{ row, column, share, demand: inBucket }] : [];
    }),
  );

const sliceViolations = ({ routing: mode, slicesPerBucket = 1 }: BucketMixRequest, routing: Mix["routing"]): string[] => {
  if (mode !== "whole-buckets") return [];
  return Object.entries(routing).flatMap(([id, rows]) =>
    rows.flat().every((share) => Math.abs(share * slicesPerBucket - Math.round(share * slicesPerBucket)) <= tolerance * slicesPerBucket)
      ? []
      : [`${id} serves a part of a slice`],
  );
};

/** The same for services: whole replicas of known options, every rate carried or said to be unserved, the stock not exceeded, the cost exact. */
export const checkServiceMix = (
  request: ServiceMixRequest,
  { replicas, unserved = [] }: Pick<ServiceMix, "replicas" | "unserved">,
  cost: MicroUsd,
): string[] => {
  const used = new Map<string, number>();
  let total = 0n;
  const violations = request.services.flatMap(({ name, requestRatePerSecond, options }) => {
    const chosen = replicas[name] ?? {};
    const unknown = Object.keys(chosen).filter((id) => !options.some((option) => option.id === id));
    const missing = unserved.find(({ service }) => service === name)?.requestRatePerSecond ?? 0;
    let carried = 0;
    for (const option of options) {
      const count = chosen[option.id] ?? 0;
      if (!isWhole(count)) return [`${count} replicas of ${name} on ${option.id} is not a whole number`];
      carried += count * option.requestsPerSecondPerReplica;
      total += timesCount(usd(option.usdPerHourPerReplica), count);
      used.set(option.machine, (used.get(option.machine) ?? 0) + count * option.machinesPerReplica);
    }
    const kinds = Object.values(chosen).filter((count) => count > 0).length;
    return [
      ...unknown.map((id) => `${id} is not an option of ${name}`),
      ...(carried + missing >= requestRatePerSecond * (1 - tolerance)
        ? []
        : [`${name} gets ${carried} of ${requestRatePerSecond} requests per second`]),
      ...(request.optionsPerService === "one" && kinds > 1 ? [`${name} uses ${kinds} options instead of one`] : []),
    ];
  });
  const overStock = Object.entries(request.stock ?? {}).flatMap(([machine, stock]) => {
    const count = used.get(machine) ?? 0;
    return count > stock ? [`${count} of ${machine} are used and ${stock} are in stock`] : [];
  });
  return [...violations, ...overStock, ...(total === cost ? [] : ["the cost is not the sum of replicas times prices"])];
};

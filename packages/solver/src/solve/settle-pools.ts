import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { sizeOf } from "../formulate/divide-units.ts";
import type { UnitCounts } from "./layered-fleet.ts";

/** What runs and what is paid for, where instances are shared. */
export interface Settled {
  /** Work of each unit in units, in parts of one where it has only some replicas of an instance. */
  readonly work: UnitCounts;
  /** Units paid for. */
  readonly bought: UnitCounts;
  /** The unit on whose instances another one runs. */
  readonly hosts: ReadonlyMap<BuyableUnit, BuyableUnit>;
}

/** Replicas at work, by unit and hour group; of a unit that spans instances, units. */
export type ReplicaCounts = ReadonlyMap<BuyableUnit, readonly number[]>;

export const replicasOf = (counts: UnitCounts): Map<BuyableUnit, readonly number[]> =>
  new Map([...counts].map(([unit, ofUnit]) => [unit, ofUnit.map((count) => Math.round(count * unit.replicas))]));

/** Instances that hold the replicas of an offer's units together. */
const instancesFor = (of: readonly (readonly [BuyableUnit, number])[]): number => {
  const used = of.reduce((sum, [unit, replicas]) => sum + replicas * sizeOf(unit), 0);
  return Math.ceil(used / (of[0]?.[0].accelerators ?? 1));
};

/**
 * Replicas onto instances. Where the units of an offer need fewer instances together than apart, the one that uses most pays
 * for all of them; elsewhere each has instances of its own, full of its replicas.
 */
export const settlePools = (replicas: ReplicaCounts): Settled => {
  const work = new Map<BuyableUnit, readonly number[]>();
  const bought = new Map<BuyableUnit, readonly number[]>();
  const hosts = new Map<BuyableUnit, BuyableUnit>();
  const own = (unit: BuyableUnit, counts: readonly number[]) => {
    const whole = counts.map((count) => Math.ceil(count / unit.replicas));
    work.set(unit, whole);
    bought.set(unit, whole);
  };
  for (const [, members] of byOffer(replicas)) {
    const pool = pooled(members);
    if (!pool) {
      for (const [unit, counts] of members) own(unit, counts);
      continue;
    }
    const filled = fillRoom(members, pool);
    const [host] = members.toSorted((a, b) => useOf(b) - useOf(a) || (keyOf(a[0]) < keyOf(b[0]) ? -1 : 1));
    members.forEach(([unit], at) => {
      const isHost = unit === host?.[0];
      work.set(
        unit,
        pool.map((_, group) => (filled[group]?.[at] ?? 0) / unit.replicas),
      );
      bought.set(unit, isHost ? pool : pool.map(() => 0));
      if (host && !isHost) hosts.set(unit, host[0]);
    });
  }
  return { work, bought, hosts };
};

type Member = readonly [BuyableUnit, readonly number[]];

/** Units with whole instances of their own stand alone, those that could share stand with their offer's. */
const byOffer = (replicas: ReplicaCounts): Map<string, Member[]> => {
  const members = new Map<string, Member[]>();
  for (const [unit, counts] of replicas) {
    if (counts.every((count) => count === 0)) continue;
    const key = unit.instances === 1 && unit.replicas > 1 ? unit.offer.id : `${unit.offer.id}\n${keyOf(unit)}`;
    members.set(key, [...(members.get(key) ?? []), [unit, counts]]);
  }
  return members;
};

/** Instances by hour group, where two units or more need fewer together. */
const pooled = (members: readonly Member[]): readonly number[] | undefined => {
  if (members.length < 2) return undefined;
  const groups = members[0]?.[1] ?? [];
  const together = groups.map((_, group) => instancesFor(members.map(([unit, counts]) => [unit, counts[group] ?? 0])));
  const savesSome = groups.some((_, group) => {
    const apart = members.reduce((sum, [unit, counts]) => sum + Math.ceil((counts[group] ?? 0) / unit.replicas), 0);
    return apart > (together[group] ?? 0);
  });
  return savesSome ? together : undefined;
};

/** Room that is paid for anyway goes to the services with the fewest replicas, up to what fills instances of their own. */
const fillRoom = (members: readonly Member[], pool: readonly number[]): readonly (readonly number[])[] =>
  pool.map((instances, group) => {
    const counts = members.map(([, ofUnit]) => ofUnit[group] ?? 0);
    let room =
      instances * (members[0]?.[0].accelerators ?? 0) - members.reduce((sum, [unit], at) => sum + (counts[at] ?? 0) * sizeOf(unit), 0);
    for (;;) {
      const fewest = members.reduce<number | undefined>((best, [unit], at) => {
        const [count, least] = [counts[at] ?? 0, best === undefined ? Number.POSITIVE_INFINITY : (counts[best] ?? 0)];
        return count % unit.replicas > 0 && sizeOf(unit) <= room && count < least ? at : best;
      }, undefined);
      const unit = members[fewest ?? -1]?.[0];
      if (fewest === undefined || !unit) return counts;
      counts[fewest] = (counts[fewest] ?? 0) + 1;
      room -= sizeOf(unit);
    }
  });

const useOf = ([unit, counts]: Member): number => counts.reduce((sum, count) => sum + count * sizeOf(unit), 0);

const keyOf = ({ candidate }: BuyableUnit): string => `${candidate.need.name}\n${candidate.id}`;

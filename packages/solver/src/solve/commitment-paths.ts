import type { BuyableUnit } from "../formulate/buyable-units.ts";
import type { Fleet } from "./fleet.ts";

/** Units of a commitment that stand in a stage. */
export interface Standing {
  readonly unit: BuyableUnit;
  readonly count: number;
}

/** By the commitment's key. */
export type Commitments = ReadonlyMap<string, Standing>;

/** The same candidate on the same offer is the same commitment in every stage. */
export const keyOfUnit = ({ candidate, offer }: BuyableUnit): string => `${candidate.need.name}\n${offer.id}\n${candidate.id}`;

export const commitmentsOf = ({ purchases }: Pick<Fleet, "purchases">): Commitments =>
  new Map(
    purchases.flatMap(({ unit, counts }) => {
      const count = Math.max(...counts);
      return unit.committed && count > 0 ? [[keyOfUnit(unit), { unit, count }] as const] : [];
    }),
  );

/** Whether a stage's commitments hold those of the stage before. */
export const holds = (before: Commitments, after: Commitments): boolean =>
  [...before].every(([key, { count }]) => (after.get(key)?.count ?? 0) >= count);

export const sameCommitments = (a: Commitments, b: Commitments): boolean => a.size === b.size && holds(a, b) && holds(b, a);

/** From what each stage wants by itself to counts that never fall from stage to stage. */
export type PathRule = (counts: readonly number[], hours: readonly number[]) => readonly number[];

export const neverFalling = (wanted: readonly Commitments[], hours: readonly number[], rule: PathRule): readonly Commitments[] => {
  const units = new Map(wanted.flatMap((ofStage) => [...ofStage].map(([key, { unit }]) => [key, unit] as const)));
  const paths = [...units]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, unit]) => {
      const counts = rule(
        wanted.map((ofStage) => ofStage.get(key)?.count ?? 0),
        hours,
      );
      return { key, unit, counts };
    });
  return wanted.map(
    (_, stage) =>
      new Map(
        paths.flatMap(({ key, unit, counts }) => {
          const count = counts[stage] ?? 0;
          return count > 0 ? [[key, { unit, count }] as const] : [];
        }),
      ),
  );
};

/** No more than every later stage wants too. */
export const wantedToTheEnd: PathRule = (counts) => counts.map((_, stage) => Math.min(...counts.slice(stage)));

/** Stages whose counts would fall share their mean, to the nearest whole one (pool adjacent violators). */
export const pooledMean: PathRule = (counts, hours) => {
  const pools: { sum: number; weight: number; size: number }[] = [];
  counts.forEach((count, stage) => {
    let pool = { sum: count * (hours[stage] ?? 0), weight: hours[stage] ?? 0, size: 1 };
    for (let before = pools.at(-1); before && before.sum * pool.weight > pool.sum * before.weight; before = pools.at(-1)) {
      pools.pop();
      pool = { sum: pool.sum + before.sum, weight: pool.weight + before.weight, size: pool.size + before.size };
    }
    pools.push(pool);
  });
  return pools.flatMap(({ sum, weight, size }) => Array.from({ length: size }, () => Math.round(sum / weight)));
};

import type { ServiceNeed, Survival } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { byHour, type HourGroup } from "../formulate/hour-groups.ts";
import { fewestOf } from "./fewest-of.ts";
import type { CountsByHour } from "./idle-stretches.ts";

/** What serves in each hour of the week, less what jobs have of it already. */
export interface IdleWeek {
  readonly needs: readonly ServiceNeed[];
  readonly survive: Survival;
  /** By hour and service, as a share of its busiest hour. */
  readonly loads: readonly (readonly number[])[];
  /** In units. */
  readonly counts: ReadonlyMap<BuyableUnit, CountsByHour>;
}

interface Serving {
  readonly needs: readonly ServiceNeed[];
  readonly survive: Survival;
  readonly groups: readonly HourGroup[];
  /** By hour group. */
  readonly counts: Iterable<readonly [BuyableUnit, readonly number[]]>;
}

export const idleWeek = ({ needs, survive, groups, counts }: Serving): IdleWeek => ({
  needs,
  survive,
  loads: byHour(
    groups,
    groups.map(({ loads }) => loads),
  ),
  counts: new Map([...counts].map(([unit, ofUnit]) => [unit, byHour(groups, ofUnit)])),
});

/** Of a commitment, the units that its service does without in each hour: what is left still serves its mix, and survives what it must. */
export const spareUnits = (week: IdleWeek, host: BuyableUnit): CountsByHour => {
  const { need } = host.candidate;
  const index = week.needs.indexOf(need);
  const own = [...week.counts].filter(([unit]) => unit.candidate.need === need);
  return (week.counts.get(host) ?? []).map((count, hour) => {
    const load = week.loads[hour]?.[index] ?? 0;
    const others = own.flatMap(([unit, counts]) => (unit === host ? [] : [{ unit, count: counts[hour] ?? 0 }]));
    const needed = fewestOf(count, (left) => carries([...others, { unit: host, count: left }], load, week.survive));
    return count - (needed ?? count);
  });
};

/** What is left of a week where a job has some of a commitment. */
export const withoutUnits = (week: IdleWeek, host: BuyableUnit, taken: CountsByHour): IdleWeek => ({
  ...week,
  counts: new Map(
    [...week.counts].map(([unit, counts]) => [unit, unit === host ? counts.map((count, hour) => count - (taken[hour] ?? 0)) : counts]),
  ),
});

interface AtWork {
  readonly unit: BuyableUnit;
  readonly count: number;
}

const carries = (atWork: readonly AtWork[], load: number, survive: Survival): boolean => {
  if (load === 0) return true;
  const there = survive === "nothing" ? atWork : atWork.filter(({ unit }) => !unit.spot);
  return sumOf(there) - worstLoss(there, survive) >= load;
};

const worstLoss = (atWork: readonly AtWork[], survive: Survival): number => {
  switch (survive) {
    case "nothing":
      return 0;
    case "one-instance":
      return Math.max(0, ...atWork.map(({ unit, count }) => (count > 0 ? unit.mixCapacity : 0)));
    case "one-zone":
      return Math.max(0, ...atWork.map(({ unit: { zone } }) => sumOf(atWork.filter(({ unit }) => unit.zone === zone))));
  }
};

const sumOf = (atWork: readonly AtWork[]): number => atWork.reduce((sum, { unit, count }) => sum + count * unit.mixCapacity, 0);

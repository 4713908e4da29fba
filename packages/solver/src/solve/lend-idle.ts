import type { BuyableUnit } from "../formulate/buyable-units.ts";
import type { HourGroup } from "../formulate/hour-groups.ts";
import type { Backends } from "./backends.ts";
import { type Fleet, type FleetProblem, purchasesOf } from "./fleet.ts";
import type { IdleWeek } from "./idle-week.ts";

/**
 * A fleet that serves with what jobs leave of it in each hour, and pays for all of it: hours that were alike come apart where jobs are
 * at work in some of them. Undefined where the traffic cannot be routed over what is left.
 */
export const lendIdle = async (
  problem: Pick<FleetProblem, "needs" | "rules">,
  fleet: Fleet,
  { counts }: IdleWeek,
  backends: Backends,
): Promise<Fleet | undefined> => {
  const parts = fleet.groups
    .flatMap((group, index) => partsOf(group, counts).map((part) => ({ part, index })))
    .toSorted((a, b) => firstHour(a.part) - firstHour(b.part));
  const groups = parts.map(({ part }) => part);
  const inParts = (of: readonly number[]) => parts.map(({ index }) => of[index] ?? 0);
  const work = new Map([...counts].map(([unit, byHour]) => [unit, groups.map((group) => byHour[firstHour(group)] ?? 0)]));
  const bought = new Map(fleet.purchases.map((purchase) => [purchase.unit, inParts(purchase.bought)]));
  const purchases = await purchasesOf(problem, groups, { work, bought, hosts: new Map() }, backends);
  return purchases && { ...fleet, groups, purchases };
};

const firstHour = ({ hours }: HourGroup): number => hours[0] ?? 0;

/** The hours of a group, apart where different counts are left in them. */
const partsOf = ({ hours, loads }: HourGroup, counts: ReadonlyMap<BuyableUnit, readonly number[]>): readonly HourGroup[] => {
  const parts = new Map<string, number[]>();
  for (const hour of hours) {
    const key = [...counts.values()].map((byHour) => byHour[hour]).join(" ");
    const part = parts.get(key);
    if (part) part.push(hour);
    else parts.set(key, [hour]);
  }
  return [...parts.values()].map((ofPart) => ({ hours: ofPart, loads }));
};

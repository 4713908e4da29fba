import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import { withoutSpare } from "./consolidate.ts";
import { alone, type FleetAsked } from "./fleet-outcome.ts";
import { type HourScene, hourScene } from "./hour-scene.ts";
import type { UnitCounts } from "./layered-fleet.ts";
import { type ReplicaCounts, replicasOf, type Settled, settlePools } from "./settle-pools.ts";
import { sharedOut } from "./share-out.ts";
import { smallWeek } from "./small-week.ts";
import type { SolveTools } from "./solve-tools.ts";

export interface FewMachines {
  readonly settled: Settled;
  /** Dollars an hour below which no fleet is. */
  readonly usdPerHourAtLeast: number;
}

/** Up to so many of each service's largest units in its busiest hour, all services together, count as few. */
const mostUnits = 8;

/** Of the time there is, the parts after which a week of few machines, and one that shares nothing, is left to the other ways. */
const partsOfTime = { together: 0.5, apart: 0.75 } as const;

/**
 * A week that a handful of machines carries, each hour of all services exactly. Where nothing ties services together, each is a
 * week of its own. Undefined where there are many, where rows cannot say what carries a service, or in no time.
 */
export const fewMachines = async (asked: FleetAsked, tools: SolveTools): Promise<FewMachines | undefined> => {
  if (!isFew(asked)) return undefined;
  const { units, divided } = asked;
  const found = await weeksOf(partsOf(asked), asked, { tools, part: partsOfTime.together });
  if (!found) return undefined;
  const settled = divided ? sharing(asked, found.counts, divided.shareable) : alone(inUnits(found.counts, units));
  return { settled, usdPerHourAtLeast: found.lower };
};

/**
 * Such a week where no service uses another one's instances, and then shared out: a fleet where sharing leaves too much to search.
 * Undefined where nothing is shared anyway.
 */
export const fewMachinesApart = async (asked: FleetAsked, tools: SolveTools): Promise<Settled | undefined> => {
  if (!isFew(asked) || !asked.divided) return undefined;
  const parts = partsOf({ ...asked, divided: undefined });
  const found = await weeksOf(parts, asked, { tools, part: partsOfTime.apart });
  return found && sharedOut(asked, inUnits(found.counts, asked.units));
};

interface Timed {
  readonly tools: SolveTools;
  readonly part: number;
}

interface FewWeeks {
  readonly counts: ReplicaCounts;
  readonly lower: number;
}

/** Weeks that add up to one, in its groups of hours. */
const weeksOf = async (
  parts: readonly FleetAsked[],
  { problem: { deadlineMs, limits }, groups }: FleetAsked,
  { tools, part }: Timed,
): Promise<FewWeeks | undefined> => {
  const endMs = deadlineMs - (1 - part) * limits.timeLimitSeconds * 1000;
  const isLate = () => tools.nowMs() > endMs;
  const counts = new Map<BuyableUnit, readonly number[]>();
  let lower = 0;
  for (const asked of parts) {
    const scene = hourScene(asked);
    const week = scene && (await smallWeek({ scene, groups: asked.groups, limits, isLate }, tools.backends));
    if (!scene || !week?.hours) return undefined;
    lower += week.lower;
    const at = groups.map(({ hours }) => asked.groups.findIndex((group) => group.hours.includes(hours[0] ?? 0)));
    for (const [unit, ofUnit] of countsOf(scene, week.hours))
      counts.set(
        unit,
        at.map((group) => ofUnit[group] ?? 0),
      );
  }
  return { counts, lower };
};

const isFew = ({ problem: { needs, rules, switching }, units }: FleetAsked): boolean => {
  const fewest = needs.map((need) =>
    units.reduce(
      (least, { candidate, mixCapacity }) => (candidate.need === need ? Math.min(least, 1 / mixCapacity) : least),
      Number.POSITIVE_INFINITY,
    ),
  );
  return rules.survive === "nothing" && switching.usdPerHour === 0 && fewest.reduce((sum, count) => sum + count, 0) <= mostUnits;
};

/** Services by themselves where they share neither instances nor quotas nor the room for spot. */
const partsOf = (asked: FleetAsked): FleetAsked[] => {
  const { problem, units, divided } = asked;
  const limitsSpot = problem.rules.spotMaxShare < 1 && units.some(({ spot }) => spot);
  const areTied = divided !== undefined || limitsSpot || problem.rules.quotas.length > 0;
  if (areTied || problem.needs.length === 1) return [asked];
  return problem.needs.map((need) => ({
    problem: { ...problem, needs: [need] },
    units: units.filter(({ candidate }) => candidate.need === need),
    groups: hourGroups([need]),
    divided: undefined,
  }));
};

/** By unit: replicas of what may be shared, and whole units of the rest. */
const countsOf = (scene: HourScene, hours: readonly (readonly number[])[]): ReplicaCounts =>
  new Map(
    scene.wholes.flatMap((whole, column) => {
      const counts = hours.map((hour) => hour[column] ?? 0);
      return whole && counts.some((count) => count > 0) ? [[whole, counts] as const] : [];
    }),
  );

const inUnits = (counts: UnitCounts, units: readonly BuyableUnit[]): UnitCounts =>
  new Map(units.flatMap((unit) => (counts.has(unit) ? [[unit, counts.get(unit) ?? []] as const] : [])));

const sharing = (
  { problem: { needs, rules, effort }, groups }: FleetAsked,
  counts: ReplicaCounts,
  shareable: readonly BuyableUnit[],
): Settled => {
  const others = new Map([...counts].filter(([unit]) => !shareable.includes(unit)));
  const replicas = new Map([...replicasOf(others), ...[...counts].filter(([unit]) => shareable.includes(unit))]);
  return settlePools(withoutSpare({ needs, rules, groups, effort, shareable, replicas }));
};

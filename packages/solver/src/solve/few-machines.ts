import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import { withoutSpare } from "./consolidate.ts";
import { alone, type FleetAsked } from "./fleet-outcome.ts";
import { type HourScene, hourScene } from "./hour-scene.ts";
import type { UnitCounts } from "./layered-fleet.ts";
import { type ReplicaCounts, replicasOf, type Settled, settlePools } from "./settle-pools.ts";
import { smallWeek } from "./small-week.ts";
import type { SolveTools } from "./solve-tools.ts";

export interface FewMachines {
  readonly settled: Settled;
  /** Dollars an hour below which no fleet is. */
  readonly usdPerHourAtLeast: number;
}

/** Up to so many of each service's largest units in its busiest hour, all services together, count as few. */
const mostUnits = 8;

/** Of the time there is, the part after which a week of few machines is left to the other ways. */
const partOfTime = 0.4;

/**
 * A week that a handful of machines carries, each hour of all services exactly. Where nothing ties services together, each is a
 * week of its own. Undefined where there are many, where rows cannot say what carries a service, or in no time.
 */
export const fewMachines = async (asked: FleetAsked, tools: SolveTools): Promise<FewMachines | undefined> => {
  const { problem, groups, units, divided } = asked;
  if (!isFew(asked)) return undefined;
  const endMs = problem.deadlineMs - (1 - partOfTime) * problem.limits.timeLimitSeconds * 1000;
  const isLate = () => tools.nowMs() > endMs;
  const counts = new Map<BuyableUnit, readonly number[]>();
  let usdPerHourAtLeast = 0;
  for (const part of partsOf(asked)) {
    const scene = hourScene(part);
    const week = scene && (await smallWeek({ scene, groups: part.groups, limits: problem.limits, isLate }, tools.backends));
    if (!scene || !week?.hours) return undefined;
    usdPerHourAtLeast += week.lower;
    const at = groups.map(({ hours }) => part.groups.findIndex((group) => group.hours.includes(hours[0] ?? 0)));
    for (const [unit, ofUnit] of countsOf(scene, week.hours))
      counts.set(
        unit,
        at.map((group) => ofUnit[group] ?? 0),
      );
  }
  return { settled: divided ? sharing(asked, counts, divided.shareable) : alone(inUnits(counts, units)), usdPerHourAtLeast };
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

import { type ServiceNeed, type Survival, toUsd } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import type { HourGroup } from "../formulate/hour-groups.ts";
import type { FleetProblem } from "./fleet.ts";
import { brokenQuotas, type UnitCounts } from "./layered-fleet.ts";
import type { SurvivingItem } from "./surviving-hour.ts";
import { survivingWeek } from "./surviving-week.ts";

export interface SurvivingFleetQuestion {
  readonly problem: Pick<FleetProblem, "needs" | "rules" | "effort">;
  readonly units: readonly BuyableUnit[];
  readonly groups: readonly HourGroup[];
  readonly isLate: () => boolean;
}

export type SurvivingFleet =
  | { readonly kind: "infeasible" }
  /** Without counts where none were found that keep the quotas. */
  | { readonly kind: "found"; readonly counts: UnitCounts | undefined; readonly usdPerHourAtLeast: number };

/** How often the units of quotas that are broken are made dearer, before they are left out. */
const rounds = 8;

const dearer = 1.35;

/**
 * A fleet that survives a loss, service by service: what survives serves the mix of classes by itself, so nothing but the quotas
 * ties services together. Without the quotas a week costs no more, which makes the sum of the services' bounds a bound.
 */
export const survivingFleet = (asked: SurvivingFleetQuestion): SurvivingFleet => {
  const { problem, units, groups } = asked;
  const freely = allServices(asked, toUsdOf);
  if (!freely) return { kind: "infeasible" };
  let counts: UnitCounts | undefined = freely.counts;
  const factors = new Map<number, number>();
  let kept = units;
  for (let round = 1; counts; round++) {
    const broken = brokenQuotas({ rules: problem.rules, groups }, counts);
    if (broken.size === 0) break;
    for (const quota of broken) factors.set(quota, (factors.get(quota) ?? 1) * dearer);
    if (round > rounds) kept = kept.filter(({ quotas }) => !quotas.some((quota) => broken.has(quota)));
    const priceOf = (unit: BuyableUnit) => unit.quotas.reduce((price, quota) => price * (factors.get(quota) ?? 1), toUsd(unit.price));
    counts = allServices({ ...asked, units: kept, problem: { ...problem, effort: "quick" } }, priceOf)?.counts;
  }
  return { kind: "found", counts, usdPerHourAtLeast: freely.lower };
};

const toUsdOf = ({ price }: BuyableUnit): number => toUsd(price);

const allServices = (
  { problem, units, groups, isLate }: SurvivingFleetQuestion,
  priceOf: (unit: BuyableUnit) => number,
): { readonly counts: UnitCounts; readonly lower: number } | undefined => {
  const counts = new Map<BuyableUnit, readonly number[]>();
  let lower = 0;
  for (const [index, need] of problem.needs.entries()) {
    const own = units.filter(({ candidate }) => candidate.need === need);
    const week = oneService({ need, index, own, priceOf, problem, groups, isLate });
    if (!week) return undefined;
    for (const [unit, ofUnit] of week.counts) counts.set(unit, ofUnit);
    lower += week.lower;
  }
  return { counts, lower };
};

interface OneService extends Omit<SurvivingFleetQuestion, "units"> {
  readonly need: ServiceNeed;
  readonly index: number;
  readonly own: readonly BuyableUnit[];
  readonly priceOf: (unit: BuyableUnit) => number;
}

/** Hours of the same load of this service are one hour of more weight, whatever the other services ask. */
const oneService = ({ index, own, priceOf, problem, groups, isLate }: OneService) => {
  const hours = groups.reduce((sum, group) => sum + group.hours.length, 0);
  const weightOf = new Map<number, number>();
  for (const group of groups) {
    const load = group.loads[index] ?? 0;
    weightOf.set(load, (weightOf.get(load) ?? 0) + group.hours.length / hours);
  }
  const loads = [...weightOf.keys()];
  const itemOf = (unit: BuyableUnit): SurvivingItem => ({
    price: priceOf(unit),
    capacity: unit.mixCapacity,
    most: unit.most,
    zone: unit.zone,
  });
  const [committed, hourly] = [own.filter((unit) => unit.committed), own.filter((unit) => !unit.committed)];
  const week = survivingWeek({
    survive: problem.rules.survive as Exclude<Survival, "nothing">,
    committed: committed.map(itemOf),
    hourly: hourly.map(itemOf),
    loads,
    weights: [...weightOf.values()],
    effort: problem.effort === "whole" ? "whole" : "quick",
    isLate,
  });
  if (!week) return undefined;
  const positions = groups.map((group) => loads.indexOf(group.loads[index] ?? 0));
  const counts: [BuyableUnit, readonly number[]][] = [
    ...committed.map((unit, at): [BuyableUnit, readonly number[]] => [unit, groups.map(() => week.committed[at] ?? 0)]),
    ...hourly.map((unit, at): [BuyableUnit, readonly number[]] => [unit, positions.map((hour) => week.hourly[hour]?.[at] ?? 0)]),
  ];
  return { counts, lower: week.lower };
};

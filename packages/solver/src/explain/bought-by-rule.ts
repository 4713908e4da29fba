import type { Candidate, CapacityType } from "@headroom/core";
import { type BuyableUnit, unitOf } from "../formulate/buyable-units.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import type { FleetProblem } from "../solve/fleet.ts";
import type { UnitCounts } from "../solve/layered-fleet.ts";

/**
 * What the rule buys of one machine for a service whose load is L_h instances in hour h and P in the busiest.
 *
 *   most spot m = ⌊⌈P⌉ · 50 %⌋      reserved r = ⌊⌈P⌉ · 80 %⌋ − m
 *   spot s_h = min(⌈L_h⌉, m)         on demand ⌈L_h − d · s_h − r⌉, at least 0
 *
 * d is the share of its time that spot can be counted on. Undefined where the machine is not sold on all three terms.
 */
export const boughtByRule = (candidate: Candidate, problem: FleetProblem): UnitCounts | undefined => {
  const { needs, offers, rules } = problem;
  const buyable = new Set(offers);
  const units = candidate.shape.offers.filter((offer) => buyable.has(offer)).map((offer) => unitOf(candidate, offer, rules));
  const [spot, reserved, onDemand] = (["spot", "reserved", "on-demand"] as const).map((way) => cheapest(units, way));
  if (!spot || !reserved || !onDemand) return undefined;
  const position = needs.indexOf(candidate.need);
  const peak = 1 / onDemand.mixCapacity;
  const mostSpot = Math.floor(whole(peak) * 0.5);
  const committed = Math.floor(whole(peak) * 0.8) - mostSpot;
  const loads = hourGroups(needs).map((group) => peak * (group.loads[position] ?? 0));
  const onSpot = loads.map((load) => Math.min(whole(load), mostSpot));
  return new Map([
    [spot, onSpot],
    [reserved, loads.map(() => committed)],
    [onDemand, loads.map((load, group) => Math.max(0, whole(load - (onSpot[group] ?? 0) * spot.dependable - committed)))],
  ]);
};

const whole = (instances: number): number => Math.ceil(instances - 1e-9);

const cheapest = (units: readonly BuyableUnit[], way: CapacityType): BuyableUnit | undefined =>
  units
    .filter(({ offer }) => offer.capacityType === way)
    .toSorted((a, b) => Number(a.price - b.price) || (a.offer.id < b.offer.id ? -1 : 1))[0];

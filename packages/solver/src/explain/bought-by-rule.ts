import type { Candidate, CapacityType, Offer } from "@headroom/core";
import { type BuyableUnit, unitOf } from "../formulate/buyable-units.ts";
import { type HourGroup, hourGroups } from "../formulate/hour-groups.ts";
import { instancePrice } from "../formulate/unit-price.ts";
import type { FleetProblem } from "../solve/fleet.ts";
import type { UnitCounts } from "../solve/layered-fleet.ts";

/** A machine on the cheapest offer of each of the rule's three terms. */
interface Machine {
  readonly spot: BuyableUnit;
  readonly reserved: BuyableUnit;
  readonly onDemand: BuyableUnit;
}

/**
 * What the popular rule buys of one machine for a service whose load is L_h instances in hour h and P in the busiest.
 *
 *   most spot m = ⌊⌈P⌉ · 50 %⌋      reserved r = ⌊⌈P⌉ · 80 %⌋ − m
 *   spot s_h = min(⌈L_h⌉, m)         on demand ⌈L_h − d · s_h − r⌉, at least 0
 *
 * d is the share of its time that spot can be counted on. Undefined where a machine is not for sale on all three terms.
 */
export const boughtByRule = (problem: FleetProblem): ((candidate: Candidate) => UnitCounts | undefined) => {
  const { needs, offers } = problem;
  const [buyable, groups] = [new Set(offers), hourGroups(needs)];
  const sold = new Map<Candidate["shape"], readonly Offer[]>();
  return (candidate) => {
    const { shape } = candidate;
    const ofShape = sold.get(shape) ?? shape.offers.filter((offer) => buyable.has(offer));
    sold.set(shape, ofShape);
    const machine = machineOf(candidate, ofShape, problem);
    return machine && countsOf(machine, groups, needs.indexOf(candidate.need));
  };
};

const machineOf = (candidate: Candidate, sold: readonly Offer[], { rules }: FleetProblem): Machine | undefined => {
  const cheapest = (way: CapacityType): Offer | undefined =>
    sold
      .filter(({ capacityType }) => capacityType === way)
      .map((offer) => ({ offer, price: instancePrice(candidate.site.replica, offer, rules) }))
      .toSorted((a, b) => Number(a.price - b.price) || (a.offer.id < b.offer.id ? -1 : 1))[0]?.offer;
  const [spot, reserved, onDemand] = [cheapest("spot"), cheapest("reserved"), cheapest("on-demand")];
  if (!spot || !reserved || !onDemand) return undefined;
  const on = (offer: Offer) => unitOf(candidate, offer, rules);
  return { spot: on(spot), reserved: on(reserved), onDemand: on(onDemand) };
};

const countsOf = ({ spot, reserved, onDemand }: Machine, groups: readonly HourGroup[], need: number): UnitCounts => {
  const peak = 1 / onDemand.mixCapacity;
  const mostSpot = Math.floor(whole(peak) * 0.5);
  const committed = Math.floor(whole(peak) * 0.8) - mostSpot;
  const loads = groups.map((group) => peak * (group.loads[need] ?? 0));
  const onSpot = loads.map((load) => Math.min(whole(load), mostSpot));
  const above = loads.map((load, group) => Math.max(0, whole(load - (onSpot[group] ?? 0) * spot.dependable - committed)));
  return new Map([
    [spot, onSpot],
    [reserved, loads.map(() => committed)],
    [onDemand, above],
  ]);
};

const whole = (instances: number): number => Math.ceil(instances - 1e-9);

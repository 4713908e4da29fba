import { type Candidate, dependableShare, divideUsd, type MicroUsd, microUsd, sumUsd, timesCount } from "@headroom/core";
import { hourGroups } from "../formulate/hour-groups.ts";
import { instancePrice } from "../formulate/unit-price.ts";
import type { FleetProblem } from "../solve/fleet.ts";

/** What the popular rule costs an hour by arithmetic on prices alone; undefined where a service by itself would break the spot share. */
export const popularRuleFormula = ({ needs, candidates, offers, rules }: FleetProblem): MicroUsd | undefined => {
  const groups = hourGroups(needs);
  const hours = groups.reduce((sum, group) => sum + group.hours.length, 0);
  const ofServices = needs.map((need, index) => {
    const costs = candidates
      .filter((candidate) => candidate.need === need && candidate.instancesPerReplica === 1)
      .flatMap((candidate) => {
        const prices = pricesOf(candidate, { offers, rules });
        const atPeak = need.classes.reduce((sum, { amount }, at) => sum + amount / (candidate.capacities[at]?.amount ?? 0), 0);
        const peak = atPeak / candidate.replicasPerInstance;
        const loads = groups.map((group) => peak * (group.loads[index] ?? 0));
        const byHour = loads.map((load) => prices && hourByRule(prices, { peak, load, spotMaxShare: rules.spotMaxShare }));
        const known = byHour.filter((cost) => cost !== undefined);
        return known.length < groups.length ? [] : [sumUsd(known.map((cost, at) => timesCount(cost, groups[at]?.hours.length ?? 0)))];
      });
    return costs.toSorted((a, b) => Number(a - b))[0];
  });
  const known = ofServices.filter((cost) => cost !== undefined);
  return known.length < needs.length ? undefined : divideUsd(microUsd(sumUsd(known)), hours);
};

interface RulePrices {
  readonly spot: MicroUsd;
  readonly reserved: MicroUsd;
  readonly onDemand: MicroUsd;
}

const pricesOf = (candidate: Candidate, { offers, rules }: Pick<FleetProblem, "offers" | "rules">): RulePrices | undefined => {
  const cheapest = (way: string) =>
    candidate.shape.offers
      .filter((offer) => offers.includes(offer) && offer.capacityType === way)
      .map((offer) => instancePrice(candidate.site.replica, offer, rules))
      .toSorted((a, b) => Number(a - b))[0];
  const [spot, reserved, onDemand] = [cheapest("spot"), cheapest("reserved"), cheapest("on-demand")];
  return spot === undefined || reserved === undefined || onDemand === undefined ? undefined : { spot, reserved, onDemand };
};

interface RuledHour {
  /** Instances that the load takes, in parts of one. */
  readonly load: number;
  readonly peak: number;
  readonly spotMaxShare: number;
}

const hourByRule = ({ spot, reserved, onDemand }: RulePrices, { load, peak, spotMaxShare }: RuledHour): MicroUsd | undefined => {
  const whole = (instances: number) => Math.ceil(instances - 1e-9);
  const mostSpot = Math.floor(whole(peak) * 0.5);
  const committed = Math.floor(whole(peak) * 0.8) - mostSpot;
  const onSpot = Math.min(whole(load), mostSpot);
  const above = Math.max(0, whole(load - onSpot * dependableShare("spot") - committed));
  if (onSpot > spotMaxShare * (onSpot + committed + above) + 1e-9) return undefined;
  return sumUsd([timesCount(spot, onSpot), timesCount(reserved, committed), timesCount(onDemand, above)]);
};

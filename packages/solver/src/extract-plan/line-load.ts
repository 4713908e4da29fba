import { type ClassDemand, latencyQuantile, operatingPoint, type Seconds, seconds } from "@headroom/core";
import type { HourGroup } from "../formulate/hour-groups.ts";
import type { Fleet, FleetProblem, Purchase } from "../solve/fleet.ts";

/** How a line runs at the planned load. */
export interface LineLoad {
  /** Share of its capacity that is used, 0 to 1. */
  readonly utilization: number;
  readonly requestsInFlightPerReplica: number;
  readonly ttftSeconds: Seconds;
  readonly tpotSeconds: Seconds;
  readonly requestLatencySeconds: Seconds;
}

/**
 * Load of each replica of a purchase and the latency percentile there, worst class first. With several classes the
 * replica's places are taken as shared out in proportion to the load of each.
 */
export const lineLoad = (purchase: Purchase, inGroup: InGroup): LineLoad => {
  const { need, site, capacities } = purchase.unit.candidate;
  const loads = loadsByClass(purchase, inGroup);
  const utilization = loads.reduce((sum, load) => sum + load, 0);
  const latencies = need.classes.map(({ shape }: ClassDemand, index) => {
    const running = Math.max(1, utilization * (capacities[index]?.maxRunning ?? 1));
    return latencyQuantile(operatingPoint(site, shape, running), shape, need.targets.percentile);
  });
  const worst = (pick: (at: (typeof latencies)[number]) => Seconds): Seconds => seconds(Math.max(...latencies.map(pick)));
  return {
    utilization,
    requestsInFlightPerReplica: loads.reduce((sum, load, index) => sum + load * (capacities[index]?.maxRunning ?? 0), 0),
    ttftSeconds: worst(({ ttftSeconds }) => ttftSeconds),
    tpotSeconds: worst(({ tpotSeconds }) => tpotSeconds),
    requestLatencySeconds: worst(({ requestLatencySeconds }) => requestLatencySeconds),
  };
};

/** Share of a line's capacity that each class uses. */
const loadsByClass = ({ unit, counts, shares }: Purchase, { group, load }: InGroup): number[] =>
  unit.candidate.need.classes.map(({ amount }, index) => {
    const work = amount * load * (shares[group]?.[index] ?? 0);
    return work === 0 ? 0 : work / ((unit.capacities[index] ?? 1) * (counts[group] ?? 0));
  });

/** Share of a line's capacity that is used: what its latency need not be known for. */
export const lineUtilization = (purchase: Purchase, inGroup: InGroup): number =>
  loadsByClass(purchase, inGroup).reduce((sum, load) => sum + load, 0);

/** A group of hours and the service's load in it. */
export interface InGroup {
  readonly group: number;
  readonly load: number;
}

/** The service's load in each group of hours. */
const loadsOf = ({ unit }: Purchase, { needs }: Pick<FleetProblem, "needs">, groups: readonly HourGroup[]): InGroup[] =>
  groups.map(({ loads }, group) => ({ group, load: loads[needs.indexOf(unit.candidate.need)] ?? 0 }));

/** How a line runs in the hours that keep it busiest. */
export const busiestLoad = (purchase: Purchase, problem: Pick<FleetProblem, "needs">, { groups }: Pick<Fleet, "groups">): LineLoad => {
  const busiest = loadsOf(purchase, problem, groups)
    .filter(({ group }) => (purchase.counts[group] ?? 0) > 0)
    .map((inGroup) => ({ inGroup, utilization: lineUtilization(purchase, inGroup) }))
    .reduce((most, other) => (other.utilization > most.utilization ? other : most));
  return lineLoad(purchase, busiest.inGroup);
};

import { type ClassDemand, latencyQuantile, operatingPoint, type Seconds, seconds } from "@headroom/core";
import type { Purchase } from "../solve/solve-fleet.ts";

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
export const lineLoad = ({ unit, count, shares }: Purchase): LineLoad => {
  const { need, site, capacities } = unit.candidate;
  const loads = need.classes.map(({ amount }, index) => (amount * (shares[index] ?? 0)) / ((unit.capacities[index] ?? 1) * count));
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

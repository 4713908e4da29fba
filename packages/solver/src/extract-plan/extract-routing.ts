import { type Plan, roundTo, type ServiceNeed } from "@headroom/core";
import type { Purchase } from "../solve/solve-fleet.ts";
import { lineLoad } from "./line-load.ts";

/** Which line takes which share of each class. Lines stand in the order of the purchases. */
export const extractRouting = (needs: readonly ServiceNeed[], purchases: readonly Purchase[]): Plan["routing"] =>
  needs.flatMap((need) =>
    need.classes.map(({ name }, position) => ({
      service: need.name,
      class: name,
      shares: Object.fromEntries(
        purchases.flatMap(({ unit, shares }, line) => {
          const share = shares[position] ?? 0;
          return unit.candidate.need === need && share > 0 ? [[String(line), share]] : [];
        }),
      ),
    })),
  );

/**
 * Requests per second that each class asks for and that the fleet can provide inside the targets, at the planned mix.
 * People in a closed loop send users ÷ (latency + thinking) of them.
 */
export const extractDemandMet = (needs: readonly ServiceNeed[], purchases: readonly Purchase[]): Plan["demandMet"] =>
  needs.flatMap((need) => {
    const ofNeed = purchases.filter(({ unit }) => unit.candidate.need === need).map((purchase) => ({ purchase, load: lineLoad(purchase) }));
    const highest = Math.max(...ofNeed.map(({ load }) => load.utilization));
    return need.classes.map(({ name, amount }, position) => {
      const required = ofNeed.reduce((sum, { purchase, load }) => {
        const people = amount * (purchase.shares[position] ?? 0);
        return sum + (need.unit.kind === "rate" ? people : people / (load.requestLatencySeconds + need.unit.thinkSeconds));
      }, 0);
      return {
        service: need.name,
        class: name,
        hour: 0,
        requiredRequestsPerSecond: roundTo(6, required),
        providedRequestsPerSecond: roundTo(6, required / highest),
      };
    });
  });

/** Share by which every throughput estimate may be too high before a line is over its capacity. */
export const throughputMayFallBy = (purchases: readonly Purchase[]): number =>
  roundTo(4, Math.max(0, 1 - Math.max(...purchases.map((purchase) => lineLoad(purchase).utilization))));

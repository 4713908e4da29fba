import { oncePer, type Plan, roundTo, type ServiceNeed } from "@headroom/core";
import type { Fleet, FleetProblem, Purchase } from "../solve/fleet.ts";
import { busiestLoad, type InGroup, lineLoad, lineUtilization } from "./line-load.ts";

/** Which line takes which share of each class: one row where all hours agree, else one for each hour with requests. */
export const extractRouting = (needs: readonly ServiceNeed[], { purchases, groups }: Fleet): Plan["routing"] =>
  needs.flatMap((need, index) =>
    need.classes.flatMap(({ name }, position) => {
      const row = (group: number) => ({
        service: need.name,
        class: name,
        shares: Object.fromEntries(
          purchases.flatMap(({ unit, shares }, line) => {
            const share = shares[group]?.[position] ?? 0;
            return unit.candidate.need === need && share > 0 ? [[String(line), share]] : [];
          }),
        ),
      });
      const rows = groups
        .map((group, at) => ({ hours: (group.loads[index] ?? 0) > 0 ? group.hours : [], row: row(at) }))
        .filter(({ hours }) => hours.length > 0);
      const distinct = new Set(rows.map(({ row: { shares } }) => JSON.stringify(shares)));
      const [first] = rows;
      if (distinct.size === 1 && first) return [first.row];
      return rows
        .flatMap(({ hours, row: { shares, ...of } }) => hours.map((hour) => ({ ...of, hour, shares })))
        .toSorted((a, b) => a.hour - b.hour);
    }),
  );

/**
 * Requests per second that each class asks for in each hour and that the fleet can provide inside the targets, at the planned
 * mix. People in a closed loop send users ÷ (latency + thinking) of them.
 */
export const extractDemandMet = (needs: readonly ServiceNeed[], { purchases, groups }: Fleet): Plan["demandMet"] =>
  needs.flatMap((need, index) => {
    const own = purchases.filter(({ unit }) => unit.candidate.need === need);
    const rows = groups.flatMap(({ hours, loads }, group) => {
      const load = loads[index] ?? 0;
      const atWork = own
        .filter(({ counts }) => (counts[group] ?? 0) > 0)
        .map((purchase) => ({ purchase, utilization: lineUtilization(purchase, { group, load }) }));
      const highest = Math.max(0, ...atWork.map(({ utilization }) => utilization));
      const secondsOf = requestSeconds(need, { group, load });
      return need.classes.flatMap(({ name, amount }, position) => {
        const required = atWork.reduce((sum, { purchase }) => {
          const people = amount * load * (purchase.shares[group]?.[position] ?? 0);
          return sum + people / secondsOf(purchase);
        }, 0);
        return hours.map((hour) => ({
          service: need.name,
          class: name,
          hour,
          requiredRequestsPerSecond: roundTo(6, required),
          providedRequestsPerSecond: roundTo(6, highest > 0 ? required / highest : required),
        }));
      });
    });
    return rows.toSorted((a, b) => a.hour - b.hour);
  });

/** Seconds from one request of a person to the next; a rate is counted in requests already. */
const requestSeconds = ({ unit }: ServiceNeed, inGroup: InGroup): ((purchase: Purchase) => number) => {
  if (unit.kind === "rate") return () => 1;
  return oncePer((purchase: Purchase) => lineLoad(purchase, inGroup).requestLatencySeconds + unit.thinkSeconds);
};

/** Share by which every throughput estimate may be too high before a line is over its capacity. */
export const throughputMayFallBy = (problem: Pick<FleetProblem, "needs">, fleet: Fleet): number =>
  roundTo(4, Math.max(0, 1 - Math.max(...fleet.purchases.map((purchase) => busiestLoad(purchase, problem, fleet).utilization))));

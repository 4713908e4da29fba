import { type Plan, roundTo, type ServiceNeed } from "@headroom/core";
import type { Fleet, FleetProblem, Purchase } from "../solve/fleet.ts";
import { busiestLoad, type InGroup, lineLoad, utilizationIn } from "./line-load.ts";

/** Which line takes which share of each class: one row where all hours agree, else one for each hour with requests. */
export const extractRouting = (needs: readonly ServiceNeed[], { purchases, groups }: Fleet): Plan["routing"] =>
  needs.flatMap((need, index) => {
    const own = purchases.flatMap(({ unit, shares }, line) => (unit.candidate.need === need ? [{ line, shares }] : []));
    return need.classes.flatMap(({ name }, position) => {
      const row = (group: number) => ({
        service: need.name,
        class: name,
        shares: sharesOf(own, { group, position }),
      });
      const rows = groups
        .map((group, at) => ({ hours: (group.loads[index] ?? 0) > 0 ? group.hours : [], row: row(at) }))
        .filter(({ hours }) => hours.length > 0);
      const [first] = rows;
      if (first && rows.every(({ row: { shares } }) => isSame(shares, first.row.shares))) return [first.row];
      return rows
        .flatMap(({ hours, row: { shares, ...of } }) => hours.map((hour) => ({ ...of, hour, shares })))
        .toSorted((a, b) => a.hour - b.hour);
    });
  });

const isSame = (one: Record<string, number>, other: Record<string, number>): boolean => {
  const lines = Object.keys(one);
  return lines.length === Object.keys(other).length && lines.every((line) => one[line] === other[line]);
};

interface Cell {
  readonly group: number;
  readonly position: number;
}

const sharesOf = (
  own: readonly { readonly line: number; readonly shares: Purchase["shares"] }[],
  { group, position }: Cell,
): Record<string, number> => {
  const byLine: Record<string, number> = {};
  for (const { line, shares } of own) {
    const share = shares[group]?.[position] ?? 0;
    if (share > 0) byLine[line] = share;
  }
  return byLine;
};

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
        .map((purchase) => ({ purchase, seconds: secondsAt(need, purchase, { group, load }) }));
      const highest = Math.max(0, ...atWork.map(({ purchase }) => utilizationIn(purchase, { group, load })));
      return need.classes.flatMap(({ name, amount }, position) => {
        const required = atWork.reduce(
          (sum, { purchase, seconds }) => sum + (amount * load * (purchase.shares[group]?.[position] ?? 0)) / seconds,
          0,
        );
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

/** Of one request of somebody in a closed loop; 1 where demand is a rate already. */
const secondsAt = ({ unit }: ServiceNeed, purchase: Purchase, inGroup: InGroup): number =>
  unit.kind === "rate" ? 1 : lineLoad(purchase, inGroup).requestLatencySeconds + unit.thinkSeconds;

/** Share by which every throughput estimate may be too high before a line is over its capacity; null where nothing is served. */
export const throughputMayFallBy = (problem: Pick<FleetProblem, "needs">, fleet: Fleet): number | null =>
  fleet.purchases.length === 0
    ? null
    : roundTo(4, Math.max(0, 1 - Math.max(...fleet.purchases.map((purchase) => busiestLoad(purchase, problem, fleet).utilization))));

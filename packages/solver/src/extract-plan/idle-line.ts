import { type BuyingRules, countOfWeek, formatUsd, hourlyCount, lineCost, noMoney, type PlanLine } from "@headroom/core";
import type { Purchase } from "../solve/fleet.ts";
import type { IdleRun } from "../solve/place-idle.ts";
import { servingLine } from "./extract-line.ts";
import { lineLoad } from "./line-load.ts";

interface Beside {
  /** In the order of the plan's lines. */
  readonly purchases: readonly Purchase[];
  readonly rules: BuyingRules;
}

/** A batch job on instances that a service's line pays for, in the hours in which they would stand idle. */
export const idleLine = (run: IdleRun, { purchases, rules }: Beside): PlanLine => {
  const { unit, host, counts, hours, unitHours, requests } = run;
  const [perSecond = 0] = unit.candidate.need.classes.map(({ amount }) => amount);
  const share = requests / (unitHours * 3600) / perSecond;
  const load = lineLoad({ unit, counts: [1], shares: [[share]] }, { group: 0, load: 1 });
  const replicas = hourlyCount(counts.map((count) => count * unit.replicas));
  const instances = hourlyCount(counts.map((count) => count * unit.instances));
  const line: PlanLine = {
    ...servingLine(unit, { instances: 0, replicas, load, rules }),
    active: { fromHour: 0, untilHour: hours },
    batch: { requests, hours, usdForTheRun: formatUsd(noMoney) },
    idle: {
      line: purchases.findIndex((purchase) => purchase.unit === host),
      instances,
      instanceHoursPerWeek: countOfWeek(instances),
    },
  };
  return { ...line, usdPerHour: formatUsd(lineCost(line, rules)) };
};

import { type BuyingRules, batchEgress, formatUsd, lineCost, lineCostWhileActive, type PlanLine } from "@headroom/core";
import type { BatchRun } from "../solve/place-batch.ts";
import { servingLine } from "./extract-line.ts";
import { lineLoad } from "./line-load.ts";

/** One line for each kind of machine at a batch job; by the hour it goes when the run ends. */
export const batchLine = ({ unit, count, milliHours, requests }: BatchRun, rules: BuyingRules): PlanLine => {
  const { need } = unit.candidate;
  const hours = milliHours / 1000;
  const [perSecond = 0] = need.classes.map(({ amount }) => amount);
  const share = requests / (hours * 3600) / perSecond;
  const load = lineLoad({ unit, counts: [count], shares: [[share]] }, { group: 0, load: 1 });
  const serving = servingLine(unit, { instances: count * unit.instances, replicas: count * unit.replicas, load, rules });
  const active = unit.committed ? {} : { active: { fromHour: 0, untilHour: hours } };
  const batch = { requests, hours, usdForTheRun: "0.00" };
  const egress = batchEgress(need, { ...serving, ...active, batch }, rules);
  const line = { ...serving, ...active, ...(egress ? { egress } : {}) };
  return {
    ...line,
    batch: { ...batch, usdForTheRun: formatUsd(lineCostWhileActive(line, rules)) },
    usdPerHour: formatUsd(lineCost(line, rules)),
  };
};

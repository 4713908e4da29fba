import { hoursApart } from "../candidates/index.ts";
import { isCommitted } from "../market/index.ts";
import type { CheckedRule, CheckInput } from "./check-input.ts";
import { countAt } from "./hourly-count.ts";
import { linesAtWork } from "./lines-at-work.ts";
import { exceedsInAMonth } from "./plan-cost.ts";
import type { PlanLine } from "./plan-document.ts";

/** Quotas, stock, spot share and commitments in every hour, and the budget, over all lines together. */
export const checkRules = (input: CheckInput): CheckedRule[] => {
  const hours = Array.from({ length: hoursApart(input.needs) }, (_, hour) => hour);
  return [
    { rule: "quotas", violations: onceEach(hours.flatMap((hour) => quotaViolations(input, hour))) },
    { rule: "stock", violations: onceEach(hours.flatMap((hour) => stockViolations(input, hour))) },
    { rule: "spot share", violations: onceEach(hours.flatMap((hour) => spotViolations(input, hour))) },
    { rule: "commitments", violations: commitmentViolations(input) },
    { rule: "active", violations: activeViolations(input) },
    { rule: "budget", violations: budgetViolations(input) },
  ];
};

const onceEach = (violations: readonly string[]): string[] => [...new Set(violations)];

const quotaViolations = ({ plan, rules }: CheckInput, hour: number): string[] =>
  rules.quotas.flatMap(({ label, max, counts, covers }) => {
    const used = plan.lines.reduce((sum, line) => {
      const instances = countAt(line.instances, hour);
      return covers(line) ? sum + (counts === "accelerators" ? instances * line.acceleratorsPerInstance : instances) : sum;
    }, 0);
    return used <= max ? [] : [`${label}: ${used} are used`];
  });

const stockViolations = ({ plan }: CheckInput, hour: number): string[] =>
  plan.offers.flatMap(({ offerId, stock }) => {
    const used = plan.lines.reduce((sum, line) => (line.offerId === offerId ? sum + countAt(line.instances, hour) : sum), 0);
    return stock === undefined || used <= stock ? [] : [`${used} of ${offerId} are used and ${stock} can be had`];
  });

/** All that is there keeps the share, and the services keep it by themselves: they do not lean on the machines of a job. */
const spotViolations = ({ plan, rules }: CheckInput, hour: number): string[] => {
  const services = plan.lines.filter(({ training, batch }) => training === undefined && batch === undefined);
  return [services, ...linesAtWork(plan.lines, rules)].flatMap((lines) => overShare(lines, rules, hour));
};

const overShare = (lines: readonly PlanLine[], { spotMaxShare }: CheckInput["rules"], hour: number): string[] => {
  const accelerators = (of: readonly PlanLine[]) =>
    of.reduce((sum, line) => sum + countAt(line.instances, hour) * line.acceleratorsPerInstance, 0);
  const spot = accelerators(lines.filter(({ capacityType }) => capacityType === "spot"));
  const all = accelerators(lines);
  return spot <= spotMaxShare * all + 1e-9 ? [] : [`${spot} of ${all} accelerators are spot, more than a share of ${spotMaxShare}`];
};

const commitmentViolations = ({ plan }: CheckInput): string[] =>
  plan.lines.flatMap((line, index) =>
    isCommitted(line) && typeof line.instances !== "number" ? [`line ${index} is committed and changes by the hour`] : [],
  );

/** A line is there in some hours of the horizon; a commitment, once there, to its end. */
export const activeViolations = ({ plan, rules: { horizonHours } }: CheckInput): string[] =>
  plan.lines.flatMap((line, index) => {
    if (!line.active) return [];
    const { fromHour, untilHour } = line.active;
    const inside = fromHour >= 0 && fromHour < untilHour && untilHour <= horizonHours;
    const kept = !isCommitted(line) || line.idle !== undefined || untilHour === horizonHours;
    return [
      ...(inside ? [] : [`line ${index} is active from hour ${fromHour} to ${untilHour} of ${horizonHours}`]),
      ...(kept ? [] : [`line ${index} is committed and ends before the horizon`]),
    ];
  });

const budgetViolations = ({ plan, rules }: CheckInput): string[] => {
  if (rules.budgetPerMonth === undefined) return [];
  return exceedsInAMonth(plan.lines, rules.budgetPerMonth, rules) ? ["the plan costs more than the budget"] : [];
};

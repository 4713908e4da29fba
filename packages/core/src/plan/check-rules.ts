import { hoursPerMonth, timesCount } from "../units/index.ts";
import type { CheckedRule, CheckInput } from "./check-input.ts";
import { costPerHour } from "./plan-cost.ts";

/** Quotas, spot share and budget, over all lines together. */
export const checkRules = (input: CheckInput): CheckedRule[] => [
  { rule: "quotas", violations: quotaViolations(input) },
  { rule: "spot share", violations: spotViolations(input) },
  { rule: "budget", violations: budgetViolations(input) },
];

const quotaViolations = ({ plan, rules }: CheckInput): string[] =>
  rules.quotas.flatMap(({ label, max, counts, covers }) => {
    const used = plan.lines.reduce((sum, line) => {
      const size = counts === "accelerators" ? line.instances * line.acceleratorsPerInstance : line.instances;
      return covers(line) ? sum + size : sum;
    }, 0);
    return used <= max ? [] : [`${label}: ${used} are used`];
  });

const spotViolations = ({ plan, rules }: CheckInput): string[] => {
  const accelerators = (lines: typeof plan.lines) => lines.reduce((sum, line) => sum + line.instances * line.acceleratorsPerInstance, 0);
  const spot = accelerators(plan.lines.filter(({ capacityType }) => capacityType === "spot"));
  const all = accelerators(plan.lines);
  return spot <= rules.spotMaxShare * all + 1e-9
    ? []
    : [`${spot} of ${all} accelerators are spot, more than a share of ${rules.spotMaxShare}`];
};

const budgetViolations = ({ plan, rules }: CheckInput): string[] => {
  if (rules.budgetPerMonth === undefined) return [];
  return timesCount(costPerHour(plan.lines), hoursPerMonth) <= rules.budgetPerMonth ? [] : ["the plan costs more than the budget"];
};

import { defaultLimits } from "../defaults.ts";
import { formatUsd, parseUsd, toUsd } from "../units/index.ts";
import type { CheckedRule, CheckInput } from "./check-input.ts";
import { costPerHour, lineCost, planCost } from "./plan-cost.ts";

/** Money is re-added from counts and prices, and the bound must stand where the gap says. */
export const checkCost = ({ plan, rules }: CheckInput): CheckedRule[] => {
  const derived = planCost(plan, rules);
  const claimed = plan.cost;
  const fields = Object.keys(derived) as (keyof typeof derived)[];
  return [
    {
      rule: "cost",
      violations: [
        ...(claimed === null ? ["a plan with lines has no cost"] : []),
        ...fields.flatMap((field) =>
          claimed !== null && JSON.stringify(claimed[field]) !== JSON.stringify(derived[field])
            ? [`${field} is ${JSON.stringify(derived[field])}, not ${JSON.stringify(claimed[field])}`]
            : [],
        ),
        ...plan.lines.flatMap((line, index) =>
          line.usdPerHour === formatUsd(lineCost(line, rules))
            ? []
            : [`line ${index} costs ${formatUsd(lineCost(line, rules))}, not ${line.usdPerHour}`],
        ),
      ],
    },
    { rule: "bound", violations: boundViolations(plan, rules) },
    { rule: "status", violations: statusViolations(plan) },
  ];
};

/** Optimal is what is proved to be within the gap that was asked for, and nothing else is. */
const statusViolations = ({ status, proof: { gap }, request }: CheckInput["plan"]): string[] => {
  const derived = gap !== null && gap <= (request.limits?.gap ?? defaultLimits.gap) ? "optimal" : "feasible";
  return status === derived ? [] : [`the plan is ${derived}, not ${status}`];
};

const boundViolations = ({ lines, proof, status }: CheckInput["plan"], rules: CheckInput["rules"]): string[] => {
  const { lowerBoundUsdPerHour, gap } = proof;
  if (lowerBoundUsdPerHour === null || gap === null) return status === "optimal" ? ["an optimal plan has no bound"] : [];
  const bound = parseUsd(lowerBoundUsdPerHour);
  const cost = costPerHour(lines, rules);
  if (bound === undefined || bound > cost) return [`the bound ${lowerBoundUsdPerHour} is above the cost ${formatUsd(cost)}`];
  const derived = cost === 0n ? 0 : 1 - toUsd(bound) / toUsd(cost);
  return Math.abs(derived - gap) <= 1e-6 ? [] : [`the gap is ${derived}, not ${gap}`];
};

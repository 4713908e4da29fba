import { type HorizonStage, horizonStages } from "../candidates/index.ts";
import type { CheckedRule, CheckInput } from "./check-input.ts";
import { activeViolations } from "./check-rules.ts";
import type { Plan, PlanLine } from "./plan-document.ts";
import { isRun } from "./stage-views.ts";

/** The stages are those that the request's horizon and growth make, lines stand in whole ones, and every row names one. */
export const checkStages = (input: CheckInput): CheckedRule[] => {
  const { plan, rules } = input;
  const stages = horizonStages(plan.request);
  const staged = stages.length > 1;
  const windows = { rule: "active", violations: plan.lines.flatMap((line, index) => windowViolations(line, index, stages)) };
  if (!staged && plan.stages === undefined && !hasStageRows(plan)) return [windows];
  const agrees = staged ? JSON.stringify(plan.stages?.map(boundsOf)) === JSON.stringify(stages) : plan.stages === undefined;
  const rows = [...plan.routing, ...plan.demandMet].filter(({ stage }) =>
    staged ? stages[stage ?? -1] === undefined : stage !== undefined,
  );
  return [
    windows,
    ...(staged ? [{ rule: "active", violations: activeViolations(input) }] : []),
    {
      rule: "stages",
      violations: [
        ...(agrees ? [] : [`a horizon of ${rules.horizonHours} hours is planned in ${stages.length} stages, not as the plan says`]),
        ...rows.map(({ service, stage }) => `${service} has a row of stage ${stage}`),
      ],
    },
  ];
};

const boundsOf = ({ fromHour, untilHour }: HorizonStage) => ({ fromHour, untilHour });

const hasStageRows = ({ routing, demandMet }: Plan): boolean => [...routing, ...demandMet].some(({ stage }) => stage !== undefined);

const windowViolations = (line: PlanLine, index: number, stages: readonly HorizonStage[]): string[] => {
  const { active } = line;
  if (!active || isRun(line)) return [];
  const isWhole =
    stages.some(({ fromHour }) => fromHour === active.fromHour) && stages.some(({ untilHour }) => untilHour === active.untilHour);
  return isWhole ? [] : [`line ${index} is active from hour ${active.fromHour} to ${active.untilHour}, which are no whole stages`];
};

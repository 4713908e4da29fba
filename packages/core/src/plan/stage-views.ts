import { type HorizonStage, horizonStages, serviceNeeds } from "../candidates/index.ts";
import { hoursPerMonth } from "../units/index.ts";
import type { CheckedRule, CheckInput } from "./check-input.ts";
import type { PlanLine } from "./plan-document.ts";

/**
 * A staged plan seen as one plan for each stage: lines that are not there are empty, routing and demand are the stage's own, and
 * the needs are those of its busiest month. A plan of one stage is its own view.
 */
export const stageViews = (input: CheckInput): readonly CheckInput[] => {
  const stages = horizonStages(input.plan.request);
  return stages.length === 1 ? [input] : stages.map((stage, index) => viewOf(input, stage, index));
};

const viewOf = ({ plan, needs, jobs, rules }: CheckInput, stage: HorizonStage, index: number): CheckInput => {
  const inStage = serviceNeeds(plan.request, stage);
  return {
    plan: {
      ...plan,
      stages: undefined,
      lines: plan.lines.map((line) => lineIn(stage, line)),
      routing: ofStage(plan.routing, index),
      demandMet: ofStage(plan.demandMet, index),
    },
    needs: inStage.ok ? inStage.value : needs,
    jobs,
    rules: { ...rules, horizonHours: hoursPerMonth },
  };
};

const ofStage = <T extends { readonly stage?: number | undefined }>(rows: readonly T[], index: number): T[] =>
  rows.flatMap((row) => (row.stage === index ? [{ ...row, stage: undefined }] : []));

/** Runs with an end of their own count in every stage that they reach into. */
export const isRun = ({ training, batch }: PlanLine): boolean => training !== undefined || batch !== undefined;

/**
 * The line as if the stage were one whole month, so that quotas and budget are kept by each stage by itself: a run is paid for
 * as much of it as a month can hold.
 */
const lineIn = ({ fromHour, untilHour }: HorizonStage, line: PlanLine): PlanLine => {
  const { active } = line;
  if (!active || (active.fromHour <= fromHour && active.untilHour >= untilHour)) return { ...line, active: undefined };
  const reaches = active.fromHour < untilHour && active.untilHour > fromHour;
  if (!isRun(line) || !reaches) return { ...line, active: undefined, instances: 0, replicas: 0 };
  return { ...line, active: { fromHour: 0, untilHour: Math.min(hoursPerMonth, active.untilHour - active.fromHour) } };
};

/** A rule broken in several stages says in which. */
export const inEachStage = (views: readonly CheckInput[], check: (view: CheckInput) => readonly CheckedRule[]): CheckedRule[] =>
  views.flatMap((view, index) =>
    check(view).map(({ rule, violations }) => ({
      rule,
      violations: views.length === 1 ? violations : violations.map((violation) => `stage ${index + 1}: ${violation}`),
    })),
  );

import { horizonStages, isThereAtFirst, type Plan, type PlanRequest } from "@headroom/core";

/**
 * A plan in force, read in the stages of a request. Where it has others, or none, what stands in its first stage is taken as kept
 * throughout: that is what is running.
 */
export const inStagesOf = (request: PlanRequest, plan: Plan): Plan => {
  const stages = horizonStages(request).map(({ fromHour, untilHour }) => ({ fromHour, untilHour }));
  const asked = stages.length > 1 ? stages : undefined;
  return JSON.stringify(asked) === JSON.stringify(plan.stages) ? plan : keptThroughout(plan, asked);
};

const keptThroughout = (plan: Plan, stages: Plan["stages"]): Plan => {
  const kept = plan.lines.flatMap((line, index) => (isThereAtFirst(line) ? [{ line, index }] : []));
  const position = new Map(kept.map(({ index }, now) => [String(index), String(now)]));
  const everywhere = <T extends { readonly stage?: number | undefined }>(rows: readonly T[]): Omit<T, "stage">[] => {
    const first = rows.filter(({ stage = 0 }) => stage === 0).map(({ stage: _stage, ...row }) => row);
    return stages ? stages.flatMap((_, stage) => first.map((row) => ({ ...row, stage }))) : first;
  };
  const { stages: _stages, ...rest } = plan;
  return {
    ...rest,
    ...(stages ? { stages } : {}),
    lines: kept.map(({ line }) => {
      const { active: _active, ...always } = line;
      return line.training ? line : always;
    }),
    routing: everywhere(plan.routing).map((row) => ({
      ...row,
      shares: Object.fromEntries(
        Object.entries(row.shares).flatMap(([line, share]) => (position.has(line) ? [[position.get(line), share]] : [])),
      ),
    })),
    demandMet: everywhere(plan.demandMet),
  };
};

import type { PlanRequest } from "@headroom/core";

/**
 * The plan in force brings its own request, and that the plan in force before it: it counts for nothing, and would make every
 * plan larger than the last by a whole plan.
 */
export const withoutEarlierPlans = (request: PlanRequest): PlanRequest => {
  const asked = request.current?.request;
  if (!isRecord(asked) || !("current" in asked)) return request;
  const { current: _earlier, ...rest } = asked;
  return { ...request, current: { ...request.current, request: rest } };
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

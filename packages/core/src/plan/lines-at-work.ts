import type { PlanLine } from "./plan-document.ts";

/** The lines that are there together, for each stretch of the horizon between one that comes or goes and the next. */
export const linesAtWork = <L extends Pick<PlanLine, "active">>(
  lines: readonly L[],
  { horizonHours }: { readonly horizonHours: number },
): (readonly L[])[] => {
  const changes = lines.flatMap(({ active }) => (active ? [active.fromHour, active.untilHour] : []));
  const starts = [...new Set([0, ...changes])].filter((hour) => hour < horizonHours).toSorted((a, b) => a - b);
  return starts.map((hour) => lines.filter(({ active }) => !active || (active.fromHour <= hour && hour < active.untilHour)));
};

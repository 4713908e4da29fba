import type { PlanLine } from "./plan-document.ts";

/** Index of the line that pays for the instances that a line's replicas run on; undefined where it pays itself. */
export const payingLine = ({ sharesInstancesOf, idle }: Pick<PlanLine, "sharesInstancesOf" | "idle">): number | undefined =>
  sharesInstancesOf ?? idle?.line;

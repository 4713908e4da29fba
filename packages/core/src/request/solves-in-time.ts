import type { z } from "zod";
import { defaultLimits } from "../defaults.ts";
import type { PlanRequest } from "./plan-request.ts";

/** Seconds that the plans of one request may take together. */
const longestSolves = 1800;

/** Many plans behind one request are refused before the first, where their time limits add up to too much. */
export const solvesInTime = (plan: PlanRequest, solves: number, context: z.RefinementCtx): void => {
  const seconds = plan.limits?.timeLimitSeconds ?? defaultLimits.timeLimitSeconds;
  if (solves * seconds <= longestSolves) return;
  context.addIssue({
    code: "custom",
    path: ["plan", "limits", "timeLimitSeconds"],
    message: `must be at most ${Math.floor(longestSolves / solves)}: up to ${solves} plans are solved, in ${longestSolves} seconds together`,
  });
};

import { checkPlan, type Plan, type PlanRequest, type Verification, verificationOf } from "@headroom/core";
import { draftPlan, type Placed } from "../extract-plan/draft-plan.ts";
import type { PlanFleetInput } from "../plan-fleet.ts";

export interface CheckedPlan {
  readonly plan: Plan;
  /** Empty: the plan holds. */
  readonly violations: Verification["violations"];
}

/** What was placed as a plan of its own for a request, and all that speaks against it. Nothing is explained, no bound is claimed. */
export const checkedPlan = (input: PlanFleetInput, request: PlanRequest, placed: Placed): CheckedPlan => {
  const plan = draftPlan({ ...input, request, newId: () => "alternative" }, placed);
  return { plan, violations: verificationOf(checkPlan(plan)).violations };
};

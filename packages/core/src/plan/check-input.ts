import type { ServiceNeed } from "../candidates/index.ts";
import type { BuyingRules } from "../market/index.ts";
import type { Plan } from "./plan-document.ts";

/** A rule of the check, and every way the plan breaks it. Empty: it holds. */
export interface CheckedRule {
  readonly rule: string;
  readonly violations: readonly string[];
}

/** What every part of the check sees: the plan, and its request resolved afresh. */
export interface CheckInput {
  readonly plan: Plan;
  readonly needs: readonly ServiceNeed[];
  readonly rules: BuyingRules;
}

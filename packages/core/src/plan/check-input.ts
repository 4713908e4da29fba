import type { BatchNeed, ServiceNeed } from "../candidates/index.ts";
import type { BuyingRules } from "../market/index.ts";
import type { Plan, PlanLine } from "./plan-document.ts";

/** A rule of the check, and every way the plan breaks it. Empty: it holds. */
export interface CheckedRule {
  readonly rule: string;
  readonly violations: readonly string[];
}

/** What every part of the check sees: the plan, and its request resolved afresh. */
export interface CheckInput {
  readonly plan: Plan;
  readonly needs: readonly ServiceNeed[];
  readonly jobs: readonly BatchNeed[];
  readonly rules: BuyingRules;
}

/** What a line serves: a service, or a batch job where it says so. */
export const needOfLine = ({ needs, jobs }: CheckInput, line: Pick<PlanLine, "for" | "batch">): ServiceNeed | undefined =>
  line.batch ? jobs.find(({ need }) => need.name === line.for)?.need : needs.find(({ name }) => name === line.for);

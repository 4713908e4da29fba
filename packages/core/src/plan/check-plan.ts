import { batchNeeds, serviceNeeds } from "../candidates/index.ts";
import { buyingRules } from "../market/index.ts";
import { checkBatch } from "./check-batch.ts";
import { checkCost } from "./check-cost.ts";
import { checkDemand } from "./check-demand.ts";
import { checkIdle } from "./check-idle.ts";
import type { CheckedRule } from "./check-input.ts";
import { checkLine } from "./check-line.ts";
import { checkOwned } from "./check-owned.ts";
import { checkPredicted } from "./check-predicted.ts";
import { checkRules } from "./check-rules.ts";
import { checkSharing } from "./check-sharing.ts";
import { checkStages } from "./check-stages.ts";
import { checkSurcharges } from "./check-surcharges.ts";
import { checkSurvival } from "./check-survival.ts";
import { checkTraining } from "./check-training.ts";
import { inputHash } from "./input-hash.ts";
import type { Plan, PlanCheck, Verification } from "./plan-document.ts";
import { inEachStage, stageViews } from "./stage-views.ts";

/**
 * Re-derives a plan from its request and the offers it names: prices and terms, whole counts, memory and latency of
 * every line, demand served in full, quotas, spot share, budget, and the cost to the micro-dollar.
 * Shares no code with the program that found the plan.
 */
export const checkPlan = (plan: Plan): readonly CheckedRule[] => {
  const needs = serviceNeeds(plan.request);
  const jobs = batchNeeds(plan.request);
  const rules = buyingRules(plan.request);
  if (!needs.ok || !jobs.ok || !rules.ok) {
    const errors = [needs, jobs, rules].flatMap((part) => (part.ok ? [] : part.errors));
    return [{ rule: "request", violations: errors.map(({ pointer, detail }) => `${pointer} ${detail}`) }];
  }
  if (plan.status === "infeasible") return [checkInputHash(plan), checkNothingBought(plan)];
  const input = { plan, needs: needs.value, jobs: jobs.value, rules: rules.value };
  const views = stageViews(input);
  return mergeByRule([
    checkInputHash(plan),
    ...plan.lines.flatMap(({ training }, index) => (training ? [] : checkLine(input, index))),
    ...inEachStage(views, checkDemand),
    ...inEachStage(views, checkSurcharges),
    ...inEachStage(views, checkRules),
    ...checkStages(input),
    ...inEachStage(views, checkSurvival),
    ...checkSharing(input),
    ...checkBatch(input),
    ...checkIdle(input),
    ...checkTraining(input),
    ...checkPredicted(input, views),
    checkOwned(plan),
    ...checkCost(input),
  ]);
};

export const verificationOf = (checks: readonly CheckedRule[]): Verification => ({
  holds: checks.every(({ violations }) => violations.length === 0),
  violations: checks.flatMap(({ rule, violations }) => violations.map((detail) => ({ rule, detail }))),
});

export const proofChecks = (checks: readonly CheckedRule[]): PlanCheck[] =>
  checks.map(({ rule, violations: [first] }) => ({ rule, holds: first === undefined, ...(first === undefined ? {} : { detail: first }) }));

const mergeByRule = (checks: readonly CheckedRule[]): CheckedRule[] => {
  const merged = new Map<string, string[]>();
  for (const { rule, violations } of checks) merged.set(rule, [...(merged.get(rule) ?? []), ...violations]);
  return [...merged].map(([rule, violations]) => ({ rule, violations }));
};

const checkInputHash = ({ request, catalog, version, inputHash: claimed }: Plan): CheckedRule => ({
  rule: "input hash",
  violations:
    inputHash({ request, catalog, version }) === claimed ? [] : ["the hash is not that of the request, the catalog and the version"],
});

const checkNothingBought = ({ lines, cost }: Plan): CheckedRule => ({
  rule: "nothing bought",
  violations: lines.length === 0 && cost === null ? [] : ["an infeasible plan buys something"],
});

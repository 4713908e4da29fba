import type { Answer, PlanSummary, RunSummary } from "@headroom/client";
import type { Plan } from "@headroom/core";
import { apiClient } from "../api/api-client.ts";

export interface ListedPlan {
  readonly summary: PlanSummary;
  /** Undefined where it went away meanwhile. */
  readonly plan: Plan | undefined;
  readonly lastRun: RunSummary | undefined;
}

export interface PlanList {
  readonly plans: readonly ListedPlan[];
  readonly next: string | undefined;
}

const pageSize = 20;

/** A page of plans with what each buys and what its last run decided, which the list itself does not say. */
export const loadPlanList = async (cursor: string | undefined): Promise<Answer<PlanList>> => {
  const page = await apiClient().listPlans({ cursor, limit: pageSize });
  if (!page.ok) return page;
  const plans = await Promise.all(page.value.items.map(loadListed));
  return { ok: true, value: { plans, next: page.value.next } };
};

const loadListed = async (summary: PlanSummary): Promise<ListedPlan> => {
  const client = apiClient();
  const [plan, runs] = await Promise.all([client.getPlan(summary.id), client.listRuns(summary.id, { limit: 1 })]);
  return { summary, plan: plan.ok ? plan.value : undefined, lastRun: runs.ok ? runs.value.items[0] : undefined };
};

import { type PlanSummary, pageQuery, planPage } from "@headroom/client";
import { formatUsd, microUsd } from "@headroom/core";
import type { ListedPlan } from "@headroom/db";
import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { pageAnswer, readPageRequest } from "../http/paging.ts";

export const listPlansOperation = ({ store }: Dependencies): Operation => ({
  method: "get",
  path: "/v1/plans",
  tag: "Plans",
  summary: "The stored plans, newest first",
  query: pageQuery,
  answers: { 200: { description: "A page of plans.", schema: planPage } },
  problems: ["invalid-fields"],
  handle: async (context) => {
    const page = readPageRequest(context);
    return page.ok ? pageAnswer(context, await store.plans.list(page.value), presentPlan) : page.response;
  },
});

const presentPlan = ({ plan, schedule }: ListedPlan): PlanSummary => ({
  id: plan.id,
  name: plan.name,
  status: plan.status,
  usdPerHour: plan.usdPerHourMicro === null ? null : formatUsd(microUsd(plan.usdPerHourMicro)),
  catalog: plan.catalogId,
  catalogAsOf: plan.catalogAsOf,
  createdAt: plan.createdAt.toISOString(),
  schedule: schedule && {
    cron: schedule.cron,
    timeZone: schedule.timeZone,
    enabled: schedule.enabled,
    nextRunAt: schedule.nextRunAt?.toISOString() ?? null,
  },
});

import { pageQuery, runPage } from "@headroom/client";
import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { pageAnswer, readPageRequest } from "../http/paging.ts";
import { pathId } from "../http/path-id.ts";
import { notFound } from "../http/refuse.ts";
import { presentRunSummary } from "./present-run.ts";

export const listRunsOperation = ({ store }: Dependencies): Operation => ({
  method: "get",
  path: "/v1/plans/{id}/runs",
  tag: "Runs",
  summary: "What became of a plan's solves again, newest first",
  query: pageQuery,
  answers: { 200: { description: "A page of runs.", schema: runPage } },
  problems: ["not-found", "invalid-fields"],
  handle: async (context) => {
    const page = readPageRequest(context);
    if (!page.ok) return page.response;
    const planId = pathId(context);
    if (planId === undefined || !(await store.plans.exists(planId))) return notFound(context, "plan");
    return pageAnswer(context, await store.runs.list(planId, page.value), presentRunSummary);
  },
});

import { runSummary } from "@headroom/client";
import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { pathId } from "../http/path-id.ts";
import { notFound } from "../http/refuse.ts";
import { presentRunSummary } from "./present-run.ts";

export const createRunOperation = ({ store }: Dependencies): Operation => ({
  method: "post",
  path: "/v1/plans/{id}/runs",
  tag: "Runs",
  summary: "Solve a plan again now, whatever its schedule says",
  answers: { 202: { description: "A run, queued.", schema: runSummary, headers: { location: "Of the run." } } },
  problems: ["not-found"],
  handle: async (context) => {
    const planId = pathId(context);
    const run = planId === undefined ? undefined : await store.runs.create(planId);
    return run ? context.json(presentRunSummary(run), 202, { location: `/v1/runs/${run.id}` }) : notFound(context, "plan");
  },
});

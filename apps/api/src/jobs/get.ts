import { jobDocument } from "@headroom/client";
import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { pathId } from "../http/path-id.ts";
import { notFound } from "../http/refuse.ts";
import { presentJob } from "./present-job.ts";

export const getJobOperation = ({ store }: Dependencies): Operation => ({
  method: "get",
  path: "/v1/jobs/{id}",
  tag: "Jobs",
  summary: "How far what was answered with a job is, and its answer",
  answers: { 200: { description: "The job.", schema: jobDocument } },
  problems: ["not-found"],
  handle: async (context) => {
    const id = pathId(context);
    const job = id === undefined ? undefined : await store.jobs.get(id);
    return job ? context.json(presentJob(job)) : notFound(context, "job");
  },
});

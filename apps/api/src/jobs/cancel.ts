import { jobDocument } from "@headroom/client";
import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { pathId } from "../http/path-id.ts";
import { notFound, refuse } from "../http/refuse.ts";
import { presentJob } from "./present-job.ts";

export const cancelJobOperation = ({ store }: Dependencies): Operation => ({
  method: "delete",
  path: "/v1/jobs/{id}",
  tag: "Jobs",
  summary: "Cancel a job; its solve ends within seconds",
  answers: { 200: { description: "The job, cancelled.", schema: jobDocument } },
  problems: ["not-found", "conflict"],
  handle: async (context) => {
    const id = pathId(context);
    const job = id === undefined ? undefined : await store.jobs.cancel(id);
    if (!job) return notFound(context, "job");
    if (job.status !== "cancelled") return refuse(context, "conflict", { detail: `the job is ${job.status} already` });
    return context.json(presentJob(job));
  },
});

import type { Job } from "@headroom/db";
import type { ApiContext } from "../http/api-context.ts";
import { presentJob } from "./present-job.ts";

/** 202: the plan will be there later, and the job says when. */
export const acceptedJob = (context: ApiContext, job: Job): Response =>
  context.json(presentJob(job), 202, { location: `/v1/jobs/${job.id}`, "retry-after": "1" });

import type { Plan, PlanRequest } from "@headroom/core";
import type { Answer } from "./answer.ts";
import type { PlanOptions } from "./create-plan.ts";
import type { HeadroomClient } from "./headroom-client.ts";
import { endedWithout, waitForJob } from "./wait-for-job.ts";

/** Plans and stays with the job, where it becomes one, until the plan is there. */
export const planAndWait = async (client: HeadroomClient, request: PlanRequest, options: PlanOptions = {}): Promise<Answer<Plan>> => {
  const begun = await client.plan(request, options);
  if (!begun.ok) return begun;
  if (begun.value.kind === "plan") return { ok: true, value: begun.value.plan };
  const job = await waitForJob(client, begun.value.job, options);
  if (!job.ok) return job;
  return job.value.planId === null ? endedWithout(job.value) : client.getPlan(job.value.planId, options);
};

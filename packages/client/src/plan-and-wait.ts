import type { Plan, PlanRequest } from "@headroom/core";
import type { Answer } from "./answer.ts";
import type { PlanOptions } from "./create-plan.ts";
import type { JobDocument } from "./documents/job.ts";
import type { HeadroomClient } from "./headroom-client.ts";

const pollMs = 500;

/** Plans and stays with the job, where it becomes one, until the plan is there. */
export const planAndWait = async (client: HeadroomClient, request: PlanRequest, options: PlanOptions = {}): Promise<Answer<Plan>> => {
  const begun = await client.plan(request, options);
  if (!begun.ok) return begun;
  if (begun.value.kind === "plan") return { ok: true, value: begun.value.plan };
  let { job } = begun.value;
  while (job.status === "queued" || job.status === "solving") {
    if (options.signal?.aborted) return { ok: false, kind: "network", detail: "stopped waiting for the job" };
    await pause(pollMs);
    const polled = await client.getJob(job.id, options);
    if (!polled.ok) return polled;
    job = polled.value;
  }
  return job.planId === null ? endedWithout(job) : client.getPlan(job.planId, options);
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const endedWithout = ({ status, problem }: JobDocument): Answer<Plan> => ({
  ok: false,
  kind: "problem",
  problem: problem ?? { type: "about:blank", title: `The job is ${status} and has no plan`, status: 409 },
});

import { under } from "@headroom/core";
import { claimJob, completeJob, failJob, type Job, type JobProblem, type Lease, releaseJob, renewJob } from "@headroom/db";
import { workUnderLease } from "../work-under-lease.ts";
import type { WorkerTools } from "../worker-tools.ts";

/** Solves a plan that somebody waits for with a job. Does nothing where the job is in other hands. */
export const workJob = async (tools: WorkerTools, jobId: string, stopping: AbortSignal): Promise<void> => {
  const { db, clock, pace } = tools;
  const claimed = await claimJob(db, jobId, { now: await clock(db), leaseMs: pace.leaseMs });
  if (!claimed) return;
  const { lease, job } = claimed;
  await workUnderLease(
    tools,
    {
      lease,
      renew: (terms) => renewJob(db, lease, terms),
      release: () => releaseJob(db, lease),
      fail: (detail, tooLarge) =>
        fail(tools, lease, tooLarge ? { code: "solve-too-large", detail, errors: tooLarge.errors } : { code: "solve-stopped", detail }),
      work: (signal) => solve(tools, { lease, job }, signal),
    },
    stopping,
  );
};

const fail = async ({ db, clock }: WorkerTools, lease: Lease, problem: JobProblem): Promise<void> => {
  await failJob(db, lease, problem, await clock(db));
};

const solve = async (tools: WorkerTools, { lease, job }: { lease: Lease; job: Job }, signal: AbortSignal): Promise<void> => {
  const { db, clock, shelf, solver } = tools;
  const catalog = under("/market", await shelf.choose(job.request.market ?? {}));
  const outcome = catalog.ok ? await solver.plan(job.request, catalog.value, signal) : catalog;
  if (outcome.ok) await completeJob(db, lease, outcome.value, await clock(db));
  else await fail(tools, lease, { code: "invalid-fields", detail: "the request cannot be planned", errors: outcome.errors });
};

import { type CatalogDocument, type FieldError, under } from "@headroom/core";
import {
  claimJob,
  completeJob,
  completeJobWithAnswer,
  failJob,
  type Job,
  type JobProblem,
  type JobWork,
  type Lease,
  releaseJob,
  renewJob,
  workOf,
} from "@headroom/db";
import { workUnderLease } from "../work-under-lease.ts";
import type { WorkerTools } from "../worker-tools.ts";

/** Solves what somebody waits for with a job. Does nothing where the job is in other hands. */
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
  const work = workOf(job);
  const { market, at } = work.kind === "plan" ? { market: work.request.market, at: "" } : { market: work.request.plan.market, at: "/plan" };
  const catalog = under(`${at}/market`, await tools.shelf.choose(market ?? {}));
  const errors = catalog.ok ? await solveWork(tools, { lease, work, catalog: catalog.value, signal }) : catalog.errors;
  if (errors) await fail(tools, lease, { code: "invalid-fields", detail: "the request cannot be planned", errors });
};

interface Task {
  readonly lease: Lease;
  readonly work: JobWork;
  readonly catalog: CatalogDocument;
  readonly signal: AbortSignal;
}

/** Writes what the work comes to; answers the errors where it comes to none. */
const solveWork = async (tools: WorkerTools, { lease, work, catalog, signal }: Task): Promise<readonly FieldError[] | undefined> => {
  const { db, clock, solver } = tools;
  if (work.kind === "plan") {
    const plan = await solver.plan(work.request, catalog, signal);
    if (!plan.ok) return plan.errors;
    await completeJob(db, lease, plan.value, await clock(db));
    return undefined;
  }
  const compared =
    work.kind === "frontier" ? await solver.frontier(work.request, catalog, signal) : await solver.scenarios(work.request, catalog, signal);
  if (!compared.ok) return compared.errors;
  await completeJobWithAnswer(db, lease, { answer: compared.value, now: await clock(db) });
  return undefined;
};

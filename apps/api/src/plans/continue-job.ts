import type { Outcome, Plan } from "@headroom/core";
import { holdLease, type JobProblem, type Lease, rootCause } from "@headroom/db";
import { SolveAborted, SolveTooLarge } from "@headroom/solver/threads";
import type { Dependencies } from "../dependencies.ts";
import type { Solving } from "./solve-in-time.ts";

/**
 * Goes on with a solve after its request was answered with a job, and stores what comes of it. Whatever goes wrong here,
 * the job is not lost: a stopping server hands it back, and of one that dies the lease runs out; then a worker solves it.
 */
export const continueJob = async (dependencies: Dependencies, lease: Lease, solving: Solving): Promise<void> => {
  const { store, log, lifecycle } = dependencies;
  try {
    const outcome = await holdLease({ renew: () => store.jobs.renew(lease), everyMs: dependencies.renewEveryMs }, (lost) => {
      AbortSignal.any([lost, lifecycle.stopping]).addEventListener("abort", solving.cancel, { once: true });
      if (lifecycle.stopping.aborted) solving.cancel();
      return solving.plan;
    });
    await finish(dependencies, lease, outcome);
  } catch (error) {
    if (lifecycle.stopping.aborted) await store.jobs.release(lease);
    else if (error instanceof SolveTooLarge)
      await store.jobs.fail(lease, { code: "solve-too-large", detail: error.message, errors: error.errors });
    else if (error instanceof SolveAborted) await store.jobs.fail(lease, { code: "solve-stopped", detail: error.message });
    else log.error({ err: rootCause(error), job: lease.id }, "a job was left to the workers");
  }
};

const finish = async ({ store }: Dependencies, lease: Lease, outcome: Outcome<Plan>): Promise<void> => {
  if (outcome.ok) await store.jobs.complete(lease, outcome.value);
  else await store.jobs.fail(lease, fieldProblem(outcome.errors));
};

const fieldProblem = (errors: NonNullable<JobProblem["errors"]>): JobProblem => ({
  code: "invalid-fields",
  detail: "the request cannot be planned",
  errors,
});

import { holdLease, isDatabaseAway, type Lease, type LeaseTerms, rootCause } from "@headroom/db";
import { SolveAborted, SolveTooLarge } from "@headroom/solver/threads";
import { mostAttempts, type WorkerTools } from "./worker-tools.ts";

/** What a kind of work does with its lease. */
export interface LeasedWork {
  readonly lease: Lease;
  readonly renew: (terms: LeaseTerms) => Promise<boolean>;
  readonly release: () => Promise<void>;
  readonly fail: (reason: string, tooLarge?: SolveTooLarge) => Promise<unknown>;
  /** Solves and writes the outcome; stops when the signal aborts. */
  readonly work: (signal: AbortSignal) => Promise<unknown>;
}

/**
 * Does leased work so that it ends in exactly one of four ways: written, failed, handed back because this worker stops,
 * or left alone because the lease went to somebody else. Where the worker dies or the database goes away on the way, the
 * lease runs out and the work begins again.
 */
export const workUnderLease = async (tools: WorkerTools, leased: LeasedWork, stopping: AbortSignal): Promise<void> => {
  const { db, clock, log, pace } = tools;
  const { lease, renew, release, fail, work } = leased;
  if (lease.attempt > mostAttempts) {
    await fail(`${mostAttempts} workers died while they worked on it`);
    return;
  }
  const renewNow = async (): Promise<boolean> => renew({ now: await clock(db), leaseMs: pace.leaseMs });
  try {
    await holdLease({ renew: renewNow, everyMs: pace.leaseMs / 3 }, (lost) => work(AbortSignal.any([lost, stopping])));
  } catch (error) {
    if (stopping.aborted) {
      await release();
      log.info({ work: lease.id }, "handed back");
    } else if (isDatabaseAway(error)) throw error;
    else if (error instanceof SolveTooLarge) await fail(error.message, error);
    else if (error instanceof SolveAborted) await fail(error.message);
    else {
      log.error({ err: rootCause(error), work: lease.id }, "the work broke");
      await fail("it broke while it was solved; the worker's log has more");
    }
  }
};

import type { Frontier, Scenarios } from "@headroom/core";
import { heldBy, type Lease } from "../leases/lease.ts";
import type { Database } from "../open-database.ts";
import { jobs } from "../schema/index.ts";

export interface JobAnswer {
  readonly answer: Frontier | Scenarios;
  readonly now: Date;
}

/** Ends a job whose answer is no plan; "lost" where the lease is not held any more, then nothing is written. */
export const completeJobWithAnswer = async (db: Database, lease: Lease, { answer, now }: JobAnswer): Promise<"written" | "lost"> => {
  const written = await db
    .update(jobs)
    .set({ status: "done", answer, leaseToken: null, leaseUntil: null, finishedAt: now })
    .where(heldBy(lease))
    .returning({ id: jobs.id });
  return written.length === 1 ? "written" : "lost";
};

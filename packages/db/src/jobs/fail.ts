import { heldBy, type Lease } from "../leases/lease.ts";
import type { Database } from "../open-database.ts";
import { type JobProblem, jobs } from "../schema/index.ts";

export const failJob = async (db: Database, lease: Lease, problem: JobProblem, now: Date): Promise<"written" | "lost"> => {
  const written = await db
    .update(jobs)
    .set({ status: "failed", problem, leaseToken: null, leaseUntil: null, finishedAt: now })
    .where(heldBy(lease))
    .returning({ id: jobs.id });
  return written.length === 1 ? "written" : "lost";
};

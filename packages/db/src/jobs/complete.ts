import type { Plan } from "@headroom/core";
import { eq } from "drizzle-orm";
import { heldBy, type Lease } from "../leases/lease.ts";
import type { Database } from "../open-database.ts";
import { insertPlan } from "../plans/create.ts";
import { jobs } from "../schema/index.ts";

/** Stores the plan and ends the job in one transaction; "lost" where the lease is not held any more, then nothing is written. */
export const completeJob = (db: Database, lease: Lease, plan: Plan, now: Date): Promise<"written" | "lost"> =>
  db.transaction(async (transaction) => {
    const written = await transaction
      .update(jobs)
      .set({ status: "done", leaseToken: null, leaseUntil: null, finishedAt: now })
      .where(heldBy(lease))
      .returning({ id: jobs.id });
    if (written.length === 0) return "lost";
    await insertPlan(transaction, plan);
    await transaction.update(jobs).set({ planId: plan.id }).where(eq(jobs.id, lease.id));
    return "written";
  });

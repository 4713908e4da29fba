import { eq } from "drizzle-orm";
import { newId } from "../new-id.ts";
import type { Database } from "../open-database.ts";
import { plans, type Run, runs } from "../schema/index.ts";

/** Queues a run that somebody asked for, outside every schedule; undefined where there is no such plan. */
export const createRun = (db: Database, planId: string, now: Date): Promise<Run | undefined> =>
  db.transaction(async (transaction) => {
    const [plan] = await transaction.select({ id: plans.id }).from(plans).where(eq(plans.id, planId)).for("key share");
    if (!plan) return undefined;
    const [run] = await transaction
      .insert(runs)
      .values({ id: newId("run"), planId, tickAt: now })
      .returning();
    return run;
  });

import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { type Job, jobs } from "../schema/index.ts";
import { getJob } from "./get.ts";

/** Cancels a job that is not finished; its holder notices when it next renews its lease. Answers the job as it then is. */
export const cancelJob = async (db: Database, id: string, now: Date): Promise<Job | undefined> => {
  const [cancelled] = await db
    .update(jobs)
    .set({ status: "cancelled", leaseToken: null, leaseUntil: null, finishedAt: now })
    .where(and(eq(jobs.id, id), inArray(jobs.status, ["queued", "solving"])))
    .returning();
  return cancelled ?? getJob(db, id);
};

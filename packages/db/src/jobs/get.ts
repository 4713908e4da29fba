import { eq } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { type Job, jobs } from "../schema/index.ts";

export const getJob = async (db: Database, id: string): Promise<Job | undefined> => {
  const [job] = await db.select().from(jobs).where(eq(jobs.id, id));
  return job;
};

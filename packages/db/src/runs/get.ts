import { eq } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { type Run, runs } from "../schema/index.ts";

export const getRun = async (db: Database, id: string): Promise<Run | undefined> => {
  const [run] = await db.select().from(runs).where(eq(runs.id, id));
  return run;
};

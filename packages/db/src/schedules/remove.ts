import { eq } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { schedules } from "../schema/index.ts";

/** Ends a schedule and keeps its runs; false where there is none. */
export const removeSchedule = async (db: Database, planId: string): Promise<boolean> => {
  const removed = await db.delete(schedules).where(eq(schedules.planId, planId)).returning({ id: schedules.id });
  return removed.length === 1;
};

import { eq } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { type Schedule, schedules } from "../schema/index.ts";

export const getSchedule = async (db: Database, planId: string): Promise<Schedule | undefined> => {
  const [schedule] = await db.select().from(schedules).where(eq(schedules.planId, planId));
  return schedule;
};

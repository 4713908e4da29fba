import { eq } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { plans } from "../schema/index.ts";

/** Removes a plan with its schedule and runs; false where there is none. */
export const removePlan = async (db: Database, id: string): Promise<boolean> => {
  const removed = await db.delete(plans).where(eq(plans.id, id)).returning({ id: plans.id });
  return removed.length === 1;
};

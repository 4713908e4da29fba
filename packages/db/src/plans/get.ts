import { eq } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { plans, type StoredPlan } from "../schema/index.ts";

export const getPlan = async (db: Database, id: string): Promise<StoredPlan | undefined> => {
  const [plan] = await db.select().from(plans).where(eq(plans.id, id));
  return plan;
};

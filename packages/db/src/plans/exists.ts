import { eq } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { plans } from "../schema/index.ts";

export const planExists = async (db: Database, id: string): Promise<boolean> => {
  const rows = await db.select({ id: plans.id }).from(plans).where(eq(plans.id, id));
  return rows.length === 1;
};

import { eq, sql } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { plans } from "../schema/index.ts";

/** A plan's JSON, byte for byte as it was stored: nothing is read or written anew on the way to whoever asks. */
export const getPlanText = async (db: Database, id: string): Promise<string | undefined> => {
  const [row] = await db
    .select({ text: sql<string>`${plans.plan}::text` })
    .from(plans)
    .where(eq(plans.id, id));
  return row?.text;
};

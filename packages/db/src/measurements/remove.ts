import { eq } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { measurements } from "../schema/index.ts";

/** False where there is none. */
export const removeMeasurement = async (db: Database, id: string): Promise<boolean> => {
  const removed = await db.delete(measurements).where(eq(measurements.id, id)).returning({ id: measurements.id });
  return removed.length === 1;
};

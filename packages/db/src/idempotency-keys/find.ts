import { eq } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { idempotencyKeys } from "../schema/index.ts";

export const findIdempotencyKey = async (db: Database, key: string): Promise<typeof idempotencyKeys.$inferSelect | undefined> => {
  const [found] = await db.select().from(idempotencyKeys).where(eq(idempotencyKeys.key, key));
  return found;
};

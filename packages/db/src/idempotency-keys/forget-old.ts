import { lt } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { idempotencyKeys } from "../schema/index.ts";

const keptMs = 7 * 24 * 3_600_000;

export const forgetOldIdempotencyKeys = async (db: Database, now: Date): Promise<void> => {
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, new Date(now.getTime() - keptMs)));
};

import type { Database } from "../open-database.ts";
import { idempotencyKeys } from "../schema/index.ts";

/** An Idempotency-Key and the hash of the request that came with it. */
export interface RequestKey {
  readonly key: string;
  readonly requestHash: string;
}

/** False where another request has taken the key; a competing transaction that holds it is waited for. */
export const takeIdempotencyKey = async (
  db: Database,
  { key, requestHash }: RequestKey,
  led: { planId: string } | { jobId: string },
): Promise<boolean> => {
  const taken = await db
    .insert(idempotencyKeys)
    .values({ key, requestHash, ...led })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  return taken.length === 1;
};

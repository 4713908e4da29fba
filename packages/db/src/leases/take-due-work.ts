import { sql } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { instantParameter, type LeasedTable } from "./lease.ts";

/** Work that stays unclaimed this long after it was queued is queued again: its message may have been lost. */
const relayAgainMs = 10_000;
const mostAtOnce = 100;

/**
 * Ids of the work that must go on the queue now: never sent, sent and not claimed for a while, or left by a holder that
 * died. Each is handed to one caller only, who must send it; what a caller that dies does not send comes up again.
 */
export const takeDueWork = async (db: Database, table: LeasedTable, now: Date): Promise<string[]> => {
  const sentBefore = instantParameter(new Date(now.getTime() - relayAgainMs));
  const due = await db.execute<{ id: string }>(sql`
    update ${table} set relayed_at = ${instantParameter(now)}
    where id in (
      select id from ${table}
      where (status = 'queued' or (status = 'solving' and lease_until < ${instantParameter(now)}))
        and (relayed_at is null or relayed_at < ${sentBefore})
      order by relayed_at nulls first, id
      limit ${mostAtOnce}
      for update skip locked
    )
    returning id`);
  return due.map(({ id }) => id);
};

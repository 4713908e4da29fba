import { bigint, integer, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Whole milliseconds, as JavaScript's dates have them: a cursor over a finer instant would skip or repeat rows. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

/** Whole micro-dollars. */
export const money = (name: string) => bigint(name, { mode: "bigint" });

/**
 * Work that one worker at a time holds. queued ─claim▶ solving ─complete▶ done, ─fail▶ failed, ─release▶ queued.
 * A lease that has run out may be claimed by anyone; whoever held it before can no longer write, for its token is gone.
 */
export const leaseColumns = () => ({
  attempt: integer("attempt").notNull().default(0),
  leaseToken: uuid("lease_token"),
  leaseUntil: instant("lease_until"),
  /** When the work was last put on the queue. */
  relayedAt: instant("relayed_at"),
  startedAt: instant("started_at"),
  finishedAt: instant("finished_at"),
});

export const id = () => text("id").primaryKey();

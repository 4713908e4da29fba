import { and, eq, lte } from "drizzle-orm";
import { newId } from "../new-id.ts";
import type { Database } from "../open-database.ts";
import { fireTimes, latestFireTime } from "../schedules/cron.ts";
import { runs, type Schedule, schedules } from "../schema/index.ts";

const mostAtOnce = 100;

/**
 * Stores one run for each schedule that is due and moves the schedule on, in one transaction. Ticks that came while
 * nobody looked become one run, for the latest of them. Workers that look at the same moment share the schedules out,
 * and a tick that has its run already gets no second one. Answers how many runs it stored.
 */
export const claimDueTicks = (db: Database, now: Date): Promise<number> =>
  db.transaction(async (transaction) => {
    const due = await transaction
      .select()
      .from(schedules)
      .where(and(eq(schedules.enabled, true), lte(schedules.nextRunAt, now)))
      .orderBy(schedules.nextRunAt, schedules.id)
      .limit(mostAtOnce)
      .for("update", { skipLocked: true });
    let stored = 0;
    for (const schedule of due) stored += await storeTick(transaction, schedule, now);
    return stored;
  });

const storeTick = async (db: Database, schedule: Schedule, now: Date): Promise<number> => {
  const tickAt = latestFireTime(schedule, schedule.nextRunAt ?? now, now);
  const [nextRunAt = null] = fireTimes(schedule, now, 1);
  const stored = await db
    .insert(runs)
    .values({ id: newId("run"), scheduleId: schedule.id, planId: schedule.planId, tickAt })
    .onConflictDoNothing({ target: [runs.scheduleId, runs.tickAt] })
    .returning({ id: runs.id });
  await db
    .update(schedules)
    .set({ nextRunAt, enabled: nextRunAt !== null })
    .where(eq(schedules.id, schedule.id));
  return stored.length;
};

import { sql } from "drizzle-orm";
import { newId } from "../new-id.ts";
import type { Database } from "../open-database.ts";
import { plans, type Schedule, schedules } from "../schema/index.ts";
import { fireTimes } from "./cron.ts";

export interface ScheduleWish {
  readonly planId: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly switchThresholdShare: number;
  readonly enabled: boolean;
  readonly now: Date;
}

/** Sets the one schedule of a plan; undefined where there is no such plan. The cron is one that checkCron let through. */
export const putSchedule = async (db: Database, { now, ...wish }: ScheduleWish): Promise<Schedule | undefined> =>
  db.transaction(async (transaction) => {
    const [plan] = await transaction.select({ id: plans.id }).from(plans).where(sql`${plans.id} = ${wish.planId}`).for("key share");
    if (!plan) return undefined;
    const row = { ...wish, nextRunAt: wish.enabled ? (fireTimes(wish, now, 1)[0] ?? null) : null, updatedAt: now };
    const [schedule] = await transaction
      .insert(schedules)
      .values({ id: newId("schedule"), ...row })
      .onConflictDoUpdate({ target: schedules.planId, set: row })
      .returning();
    return schedule;
  });

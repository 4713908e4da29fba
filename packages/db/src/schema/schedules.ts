import { boolean, doublePrecision, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant } from "./columns.ts";
import { plans } from "./plans.ts";

export const schedules = pgTable("schedules", {
  id: id(),
  planId: text("plan_id")
    .notNull()
    .unique()
    .references(() => plans.id, { onDelete: "cascade" }),
  cron: text("cron").notNull(),
  timeZone: text("time_zone").notNull(),
  /** A saving must be a larger share than this of what the plan in force costs. */
  switchThresholdShare: doublePrecision("switch_threshold_share").notNull(),
  enabled: boolean("enabled").notNull(),
  /** Absent exactly while the schedule is not enabled. */
  nextRunAt: instant("next_run_at"),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

export type Schedule = typeof schedules.$inferSelect;

import type { Plan, PlanChange } from "@headroom/core";
import { json, pgTable, text, unique } from "drizzle-orm/pg-core";
import { id, instant, leaseColumns, money } from "./columns.ts";
import { plans } from "./plans.ts";
import { schedules } from "./schedules.ts";

export type RunStatus = "queued" | "solving" | "done" | "failed";
export type Decision = "keep" | "switch";

/** One solve of a plan again. A scheduled one has its tick; one that was asked for by hand has no schedule. */
export const runs = pgTable(
  "runs",
  {
    id: id(),
    scheduleId: text("schedule_id").references(() => schedules.id, { onDelete: "set null" }),
    planId: text("plan_id")
      .notNull()
      .references(() => plans.id, { onDelete: "cascade" }),
    tickAt: instant("tick_at").notNull(),
    status: text("status").$type<RunStatus>().notNull().default("queued"),
    ...leaseColumns(),
    decision: text("decision").$type<Decision>(),
    resultPlan: json("result_plan").$type<Plan>(),
    resultPlanId: text("result_plan_id").references(() => plans.id, { onDelete: "set null" }),
    catalogId: text("catalog_id"),
    inputHash: text("input_hash"),
    usdPerHourBeforeMicro: money("usd_per_hour_before_micro"),
    usdPerHourAfterMicro: money("usd_per_hour_after_micro"),
    savingMicro: money("saving_micro"),
    changes: json("changes").$type<readonly PlanChange[]>(),
    error: text("error"),
    queuedAt: instant("queued_at").notNull().defaultNow(),
  },
  ({ scheduleId, tickAt }) => [unique("runs_one_per_tick").on(scheduleId, tickAt)],
);

export type Run = typeof runs.$inferSelect;

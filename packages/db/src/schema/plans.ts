import type { Plan, PlanRequest } from "@headroom/core";
import { date, json, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant, money } from "./columns.ts";

/** Documents are `json`, not `jsonb`: a stored plan is answered with the bytes it was first answered with. */
export const plans = pgTable("plans", {
  id: id(),
  name: text("name"),
  status: text("status").$type<Plan["status"]>().notNull(),
  catalogId: text("catalog_id").notNull(),
  catalogAsOf: date("catalog_as_of").notNull(),
  inputHash: text("input_hash").notNull(),
  request: json("request").$type<PlanRequest>().notNull(),
  plan: json("plan").$type<Plan>().notNull(),
  usdPerHourMicro: money("usd_per_hour_micro"),
  createdAt: instant("created_at").notNull().defaultNow(),
});

export type StoredPlan = typeof plans.$inferSelect;

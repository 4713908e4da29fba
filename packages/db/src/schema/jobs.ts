import type { PlanRequest } from "@headroom/core";
import { json, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant, leaseColumns } from "./columns.ts";
import { plans } from "./plans.ts";

export type JobStatus = "queued" | "solving" | "done" | "failed" | "cancelled";

/** Why a job failed: what the caller of a synchronous request would have been answered. */
export interface JobProblem {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** A plan that is solved after its request was answered. */
export const jobs = pgTable("jobs", {
  id: id(),
  kind: text("kind").$type<"plan">().notNull(),
  request: json("request").$type<PlanRequest>().notNull(),
  status: text("status").$type<JobStatus>().notNull().default("queued"),
  ...leaseColumns(),
  planId: text("plan_id").references(() => plans.id, { onDelete: "set null" }),
  problem: json("problem").$type<JobProblem>(),
  createdAt: instant("created_at").notNull().defaultNow(),
});

export type Job = typeof jobs.$inferSelect;

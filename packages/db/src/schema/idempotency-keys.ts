import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import { jobs } from "./jobs.ts";
import { plans } from "./plans.ts";

/** What a request with an Idempotency-Key led to: a plan or a job, exactly one of them. */
export const idempotencyKeys = pgTable("idempotency_keys", {
  key: text("key").primaryKey(),
  requestHash: text("request_hash").notNull(),
  planId: text("plan_id").references(() => plans.id, { onDelete: "cascade" }),
  jobId: text("job_id").references(() => jobs.id, { onDelete: "cascade" }),
  createdAt: instant("created_at").notNull().defaultNow(),
});

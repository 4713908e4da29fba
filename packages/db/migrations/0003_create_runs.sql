CREATE TABLE "runs" (
  "id" text PRIMARY KEY,
  "schedule_id" text REFERENCES "schedules" ("id") ON DELETE SET NULL,
  "plan_id" text NOT NULL REFERENCES "plans" ("id") ON DELETE CASCADE,
  "tick_at" timestamp (3) with time zone NOT NULL,
  "status" text NOT NULL DEFAULT 'queued' CHECK ("status" IN ('queued', 'solving', 'done', 'failed')),
  "attempt" integer NOT NULL DEFAULT 0,
  "lease_token" uuid,
  "lease_until" timestamp (3) with time zone,
  "relayed_at" timestamp (3) with time zone,
  "decision" text CHECK ("decision" IN ('keep', 'switch')),
  "result_plan" json,
  "result_plan_id" text REFERENCES "plans" ("id") ON DELETE SET NULL,
  "catalog_id" text,
  "input_hash" text,
  "usd_per_hour_before_micro" bigint,
  "usd_per_hour_after_micro" bigint,
  "saving_micro" bigint,
  "changes" json,
  "error" text,
  "queued_at" timestamp (3) with time zone NOT NULL DEFAULT now(),
  "started_at" timestamp (3) with time zone,
  "finished_at" timestamp (3) with time zone,
  CONSTRAINT "runs_one_per_tick" UNIQUE ("schedule_id", "tick_at"),
  CHECK (("status" = 'solving') = ("lease_token" IS NOT NULL AND "lease_until" IS NOT NULL)),
  CHECK (("status" = 'done') = ("decision" IS NOT NULL))
);
--> statement-breakpoint
CREATE INDEX "runs_of_plan_newest_first" ON "runs" ("plan_id", "queued_at" DESC, "id" DESC);
--> statement-breakpoint
CREATE INDEX "runs_unfinished" ON "runs" ("status") WHERE "status" IN ('queued', 'solving');
--> statement-breakpoint
CREATE INDEX "runs_of_result" ON "runs" ("result_plan_id");

CREATE TABLE "schedules" (
  "id" text PRIMARY KEY,
  "plan_id" text NOT NULL UNIQUE REFERENCES "plans" ("id") ON DELETE CASCADE,
  "cron" text NOT NULL,
  "time_zone" text NOT NULL,
  "switch_threshold_share" double precision NOT NULL CHECK ("switch_threshold_share" BETWEEN 0 AND 1),
  "enabled" boolean NOT NULL,
  "next_run_at" timestamp (3) with time zone,
  "created_at" timestamp (3) with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp (3) with time zone NOT NULL DEFAULT now(),
  CHECK ("enabled" = ("next_run_at" IS NOT NULL))
);
--> statement-breakpoint
CREATE INDEX "schedules_due" ON "schedules" ("next_run_at") WHERE "enabled";

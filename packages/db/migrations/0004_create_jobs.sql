CREATE TABLE "jobs" (
  "id" text PRIMARY KEY,
  "kind" text NOT NULL CHECK ("kind" IN ('plan')),
  "request" json NOT NULL,
  "status" text NOT NULL DEFAULT 'queued' CHECK ("status" IN ('queued', 'solving', 'done', 'failed', 'cancelled')),
  "attempt" integer NOT NULL DEFAULT 0,
  "lease_token" uuid,
  "lease_until" timestamp (3) with time zone,
  "relayed_at" timestamp (3) with time zone,
  "plan_id" text REFERENCES "plans" ("id") ON DELETE SET NULL,
  "problem" json,
  "created_at" timestamp (3) with time zone NOT NULL DEFAULT now(),
  "started_at" timestamp (3) with time zone,
  "finished_at" timestamp (3) with time zone,
  CHECK (("status" = 'solving') = ("lease_token" IS NOT NULL AND "lease_until" IS NOT NULL)),
  CHECK (("status" = 'failed') = ("problem" IS NOT NULL))
);
--> statement-breakpoint
CREATE INDEX "jobs_unfinished" ON "jobs" ("status") WHERE "status" IN ('queued', 'solving');
--> statement-breakpoint
CREATE INDEX "jobs_of_plan" ON "jobs" ("plan_id");

CREATE TABLE "idempotency_keys" (
  "key" text PRIMARY KEY,
  "request_hash" text NOT NULL,
  "plan_id" text REFERENCES "plans" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "job_id" text REFERENCES "jobs" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "created_at" timestamp (3) with time zone NOT NULL DEFAULT now(),
  CHECK (("plan_id" IS NULL) <> ("job_id" IS NULL))
);
--> statement-breakpoint
CREATE INDEX "idempotency_keys_oldest_first" ON "idempotency_keys" ("created_at");
--> statement-breakpoint
CREATE INDEX "idempotency_keys_of_plan" ON "idempotency_keys" ("plan_id");

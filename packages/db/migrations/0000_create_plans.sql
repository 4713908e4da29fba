CREATE TABLE "plans" (
  "id" text PRIMARY KEY,
  "name" text,
  "status" text NOT NULL CHECK ("status" IN ('optimal', 'feasible', 'infeasible')),
  "catalog_id" text NOT NULL,
  "catalog_as_of" date NOT NULL,
  "input_hash" text NOT NULL,
  "request" json NOT NULL,
  "plan" json NOT NULL,
  "usd_per_hour_micro" bigint CHECK ("usd_per_hour_micro" >= 0),
  "created_at" timestamp (3) with time zone NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX "plans_newest_first" ON "plans" ("created_at" DESC, "id" DESC);

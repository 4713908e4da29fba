CREATE TABLE "measurements" (
  "id" text PRIMARY KEY,
  "model" text NOT NULL,
  "accelerator" text NOT NULL,
  "document" json NOT NULL,
  "imported_at" timestamp (3) with time zone NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX "measurements_newest_first" ON "measurements" ("imported_at" DESC, "id" DESC);
--> statement-breakpoint
CREATE INDEX "measurements_of_replica" ON "measurements" ("model", "accelerator", "imported_at" DESC, "id" DESC);

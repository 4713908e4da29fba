CREATE TABLE "catalogs" (
  "id" text PRIMARY KEY,
  "as_of" date NOT NULL,
  "description" text NOT NULL,
  "offer_count" integer NOT NULL,
  "document" json NOT NULL,
  "content_hash" text NOT NULL,
  "imported_at" timestamp (3) with time zone NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX "catalogs_newest_first" ON "catalogs" ("imported_at" DESC, "id" DESC);
--> statement-breakpoint
CREATE INDEX "catalogs_by_date" ON "catalogs" ("as_of" DESC);

import type { Measurement } from "@headroom/core";
import { json, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant } from "./columns.ts";

/** What somebody measured; the id is the content's, so that a run is stored once. */
export const measurements = pgTable("measurements", {
  id: id(),
  model: text("model").notNull(),
  accelerator: text("accelerator").notNull(),
  document: json("document").$type<Measurement>().notNull(),
  importedAt: instant("imported_at").notNull().defaultNow(),
});

export type StoredMeasurement = typeof measurements.$inferSelect;

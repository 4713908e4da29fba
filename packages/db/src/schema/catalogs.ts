import type { CatalogDocument } from "@headroom/core";
import { date, integer, json, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant } from "./columns.ts";

export const catalogs = pgTable("catalogs", {
  id: id(),
  asOf: date("as_of").notNull(),
  description: text("description").notNull(),
  offerCount: integer("offer_count").notNull(),
  document: json("document").$type<CatalogDocument>().notNull(),
  contentHash: text("content_hash").notNull(),
  importedAt: instant("imported_at").notNull().defaultNow(),
});

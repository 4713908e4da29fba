import { createHash } from "node:crypto";
import { type CatalogDocument, catalogDocument } from "@headroom/core";
import { eq } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { catalogs } from "../schema/index.ts";

/** Stores a catalog once: a plan names its catalog by id, so an id never changes its content. */
export const createCatalog = async (db: Database, document: CatalogDocument): Promise<"created" | "same" | "different"> => {
  const contentHash = catalogContentHash(document);
  const { id, asOf, description, offers } = document;
  const created = await db
    .insert(catalogs)
    .values({ id, asOf, description, offerCount: offers.length, document, contentHash })
    .onConflictDoNothing()
    .returning({ id: catalogs.id });
  if (created.length === 1) return "created";
  const [present] = await db.select({ contentHash: catalogs.contentHash }).from(catalogs).where(eq(catalogs.id, id));
  return present?.contentHash === contentHash ? "same" : "different";
};

/** Parsing puts the fields into the schema's order, so that documents which differ only in theirs are the same. */
const catalogContentHash = (document: CatalogDocument): string =>
  createHash("sha256")
    .update(JSON.stringify(catalogDocument.parse(document)))
    .digest("hex");

import type { CatalogDocument } from "@headroom/core";
import { eq } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { catalogs } from "../schema/index.ts";

export const getCatalog = async (db: Database, id: string): Promise<CatalogDocument | undefined> => {
  const [found] = await db.select({ document: catalogs.document }).from(catalogs).where(eq(catalogs.id, id));
  return found?.document;
};

import type { Database } from "../open-database.ts";
import { afterCursor, newestFirst, type Page, type PageRequest, pageOf } from "../page.ts";
import { catalogs } from "../schema/index.ts";

export type ListedCatalog = Omit<typeof catalogs.$inferSelect, "document">;

export const listCatalogs = async (db: Database, { after, limit }: PageRequest): Promise<Page<ListedCatalog>> => {
  const { id, asOf, description, offerCount, contentHash, importedAt } = catalogs;
  const rows = await db
    .select({ id, asOf, description, offerCount, contentHash, importedAt })
    .from(catalogs)
    .where(afterCursor(importedAt, id, after))
    .orderBy(...newestFirst(importedAt, id))
    .limit(limit + 1);
  return pageOf(rows, limit, (row) => ({ at: row.importedAt, id: row.id }));
};

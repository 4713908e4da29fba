import { type CatalogDocument, type Outcome, refuse, succeed } from "@headroom/core";
import { desc, lte } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { catalogs } from "../schema/index.ts";
import { getCatalog } from "./get.ts";

export interface CatalogWish {
  readonly catalog?: string | undefined;
  readonly asOf?: string | undefined;
}

/** Stored and bundled catalogs side by side. */
export interface CatalogShelf {
  readonly get: (id: string) => Promise<CatalogDocument | undefined>;
  /**
   * The catalog with the wanted id, or else the newest one, at asOf where that is given. Of equal dates a stored one
   * wins over a bundled one, and the last imported over the rest, for somebody put it there on purpose.
   */
  readonly choose: (wish: CatalogWish) => Promise<Outcome<CatalogDocument>>;
}

/** A document can have megabytes, and nearly every request wants the newest. */
const keptDocuments = 4;

export const catalogShelf = (db: Database, bundled: readonly CatalogDocument[]): CatalogShelf => {
  /** Needs no refreshing: a stored catalog never changes and is never removed. */
  const kept = new Map<string, CatalogDocument>();

  const get = async (id: string): Promise<CatalogDocument | undefined> => {
    const known = bundled.find((document) => document.id === id) ?? kept.get(id);
    if (known) return known;
    const stored = await getCatalog(db, id);
    if (!stored) return undefined;
    const [oldest] = kept.keys();
    if (kept.size >= keptDocuments && oldest !== undefined) kept.delete(oldest);
    kept.set(id, stored);
    return stored;
  };

  const named = async (catalog: string, asOf: string | undefined): Promise<Outcome<CatalogDocument>> => {
    const document = await get(catalog);
    if (!document) return refuse("/catalog", `"${catalog}" is not the id of a catalog`);
    if (asOf === undefined || document.asOf <= asOf) return succeed(document);
    return refuse("/asOf", `${asOf} is before the date of the catalog asked for: ${catalog} is of ${document.asOf}; give one of the two`);
  };

  const newest = async (asOf: string | undefined): Promise<Outcome<CatalogDocument>> => {
    const ours = newestBundled(bundled, asOf);
    const stored = await newestStored(db, asOf);
    const document = stored && (!ours || stored.asOf >= ours.asOf) ? await get(stored.id) : ours;
    return document ? succeed(document) : refuse("/asOf", asOf === undefined ? "there is no catalog" : `no catalog is as old as ${asOf}`);
  };

  const choose: CatalogShelf["choose"] = ({ catalog, asOf }) => (catalog === undefined ? newest(asOf) : named(catalog, asOf));

  return { get, choose };
};

const newestBundled = (bundled: readonly CatalogDocument[], asOf: string | undefined): CatalogDocument | undefined =>
  bundled
    .filter((document) => asOf === undefined || document.asOf <= asOf)
    .toSorted((a, b) => (a.asOf < b.asOf ? 1 : -1))
    .at(0);

const newestStored = async (db: Database, asOf: string | undefined): Promise<{ id: string; asOf: string } | undefined> => {
  const [row] = await db
    .select({ id: catalogs.id, asOf: catalogs.asOf })
    .from(catalogs)
    .where(asOf === undefined ? undefined : lte(catalogs.asOf, asOf))
    .orderBy(desc(catalogs.asOf), desc(catalogs.importedAt), desc(catalogs.id))
    .limit(1);
  return row;
};

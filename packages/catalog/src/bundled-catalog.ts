import { type Catalog, type CatalogDocument, catalogDocument, invariant, readCatalog } from "@headroom/core";
import snapshot from "../snapshots/2026-07-30.json" with { type: "json" };

/** The snapshot that ships with Headroom. */
export const bundledCatalogDocument: CatalogDocument = catalogDocument.parse(snapshot);

export const bundledCatalog = (): Catalog => {
  const read = readCatalog(bundledCatalogDocument);
  const wrong = read.ok ? [] : read.errors.map(({ pointer, detail }) => `${pointer} ${detail}`);
  invariant(read.ok, `the bundled catalog does not read: ${wrong.join("; ")}`);
  return read.value;
};

import { type Catalog, type CatalogDocument, invariant, readCatalog } from "@headroom/core";

/** Reads documents that were checked when they came in, each once while it is kept. */
export const catalogReader = (): ((document: CatalogDocument) => Catalog) => {
  const read = new WeakMap<CatalogDocument, Catalog>();
  return (document) => {
    const known = read.get(document);
    if (known) return known;
    const catalog = readCatalog(document);
    invariant(catalog.ok, `the stored catalog ${document.id} reads`);
    read.set(document, catalog.value);
    return catalog.value;
  };
};

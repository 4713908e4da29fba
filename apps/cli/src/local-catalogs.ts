import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundledCatalogDocument, chooseCatalog } from "@headroom/catalog";
import { type CatalogDocument, catalogDocument, type Outcome, parseRequest, refuse, under } from "@headroom/core";
import { dataFolder } from "./data-folder.ts";

const catalogFolder = (): string => join(dataFolder(), "catalogs");

/** The bundled catalog and those that were imported here. */
export const localCatalogs = (): CatalogDocument[] => {
  const folder = catalogFolder();
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".json"))
        .toSorted()
    : [];
  return [bundledCatalogDocument, ...files.map((name) => catalogDocument.parse(JSON.parse(readFileSync(join(folder, name), "utf8"))))];
};

/** Keeps a catalog for later calls; one of the same id is replaced. */
export const keepCatalog = (document: CatalogDocument): string => {
  mkdirSync(catalogFolder(), { recursive: true });
  const file = join(catalogFolder(), `${document.id.replaceAll(/[^\w.-]/g, "_")}.json`);
  writeFileSync(file, JSON.stringify(document));
  return file;
};

/** The catalog for a request: a file the caller names, else the one that `market` asks for among those known here. */
export const catalogFor = (
  file: string | undefined,
  choice: { catalog?: string | undefined; asOf?: string | undefined },
): Outcome<CatalogDocument> => {
  if (file === undefined) return under("/market", chooseCatalog(localCatalogs(), choice));
  if (!existsSync(file)) return refuse("", `there is no catalog file ${file}`);
  return parseRequest(catalogDocument, JSON.parse(readFileSync(file, "utf8")));
};

import { catalogPage } from "@headroom/client";
import { type CatalogDocument, catalogDocument, type Outcome, parseRequest, readCatalog } from "@headroom/core";
import type { Dependencies } from "../dependencies.ts";
import type { ApiContext } from "../http/api-context.ts";
import { bodyProblems, type Operation } from "../http/operation.ts";
import { readBodyWith } from "../http/read-body.ts";
import { refuse } from "../http/refuse.ts";
import { presentBundledCatalog } from "./present-catalog.ts";

/** A cloud's full price list is larger than a request to plan. */
const largestCatalog = 32 * 1024 * 1024;

export const createCatalogOperation = ({ store, bundledCatalogs }: Dependencies): Operation => ({
  method: "post",
  path: "/v1/catalogs",
  tag: "Catalogs",
  summary: "Store a dated catalog of prices",
  body: catalogDocument,
  largestBody: largestCatalog,
  answers: {
    200: { description: "It was stored before, with the same content.", schema: catalogPage.shape.items.element },
    201: { description: "It is stored.", schema: catalogPage.shape.items.element },
  },
  problems: [...bodyProblems, "conflict"],
  handle: async (context) => {
    const body = await readBodyWith(context, readCatalogDocument);
    if (!body.ok) return body.response;
    if (bundledCatalogs.some(({ id }) => id === body.value.id)) return taken(context, body.value);
    const stored = await store.catalogs.create(body.value);
    if (stored === "different") return taken(context, body.value);
    const location = `/v1/catalogs/${encodeURIComponent(body.value.id)}`;
    const summary = { ...presentBundledCatalog(body.value), bundled: false };
    return context.json(summary, stored === "created" ? 201 : 200, { location });
  },
});

/** Held to the catalog's own rules, and stored in its own words. */
const readCatalogDocument = (input: unknown): Outcome<CatalogDocument> => {
  const read = readCatalog(input);
  return read.ok ? parseRequest(catalogDocument, input) : read;
};

const taken = (context: ApiContext, { id }: CatalogDocument): Response =>
  refuse(context, "conflict", { detail: `another catalog has the id "${id}": a catalog never changes, so give the new one its own id` });

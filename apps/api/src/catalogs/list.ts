import { catalogPage, pageQuery } from "@headroom/client";
import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { pageAnswer, readPageRequest } from "../http/paging.ts";
import { presentBundledCatalog, presentCatalog } from "./present-catalog.ts";

export const listCatalogsOperation = ({ store, bundledCatalogs }: Dependencies): Operation => ({
  method: "get",
  path: "/v1/catalogs",
  tag: "Catalogs",
  summary: "The catalogs of prices: those that ship with Headroom first, then the stored ones, newest first",
  query: pageQuery,
  answers: { 200: { description: "A page of catalogs.", schema: catalogPage } },
  problems: ["invalid-fields"],
  handle: async (context) => {
    const page = readPageRequest(context);
    if (!page.ok) return page.response;
    const { items, next } = await store.catalogs.list(page.value);
    const bundled = page.value.after ? [] : bundledCatalogs.map(presentBundledCatalog);
    return pageAnswer(context, { items: [...bundled, ...items.map(presentCatalog)], next }, (item) => item);
  },
});

import { catalogDocument } from "@headroom/core";
import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { pathId } from "../http/path-id.ts";
import { notFound } from "../http/refuse.ts";

export const getCatalogOperation = ({ shelf }: Dependencies): Operation => ({
  method: "get",
  path: "/v1/catalogs/{id}",
  tag: "Catalogs",
  summary: "A whole catalog",
  answers: { 200: { description: "The catalog.", schema: catalogDocument } },
  problems: ["not-found"],
  handle: async (context) => {
    const id = pathId(context);
    const document = id === undefined ? undefined : await shelf.get(id);
    return document ? context.json(document) : notFound(context, "catalog");
  },
});

import { listOffers, offerList, offersRequest, parseRequest } from "@headroom/core";
import { z } from "zod";
import { catalogReader } from "../catalogs/catalog-reader.ts";
import type { Dependencies } from "../dependencies.ts";
import type { ApiContext } from "../http/api-context.ts";
import type { Operation } from "../http/operation.ts";
import { refuseFields } from "../http/refuse.ts";

const list = z.string().optional().describe("Comma-separated.");

const query = z.object({
  providers: list,
  regions: list,
  accelerators: list,
  instanceTypes: list,
  capacityTypes: list,
  catalog: offersRequest.shape.catalog,
  asOf: offersRequest.shape.asOf,
});

const lists = new Set(["providers", "regions", "accelerators", "instanceTypes", "capacityTypes"]);

export const listOffersOperation = ({ shelf }: Dependencies): Operation => {
  const read = catalogReader();
  return {
    method: "get",
    path: "/v1/offers",
    tag: "Catalogs",
    summary: "Priced offers, cheapest per accelerator first",
    query,
    answers: { 200: { description: "The offers that pass every filter.", schema: offerList } },
    problems: ["invalid-fields"],
    handle: async (context) => {
      const request = parseRequest(offersRequest, filtersOf(context));
      if (!request.ok) return refuseFields(context, request.errors);
      const document = await shelf.choose(request.value);
      if (!document.ok) return refuseFields(context, document.errors);
      const offers = listOffers(request.value, read(document.value));
      return offers.ok ? context.json(offers.value) : refuseFields(context, offers.errors);
    },
  };
};

const filtersOf = (context: ApiContext): Record<string, unknown> =>
  Object.fromEntries(Object.entries(context.req.query()).map(([name, text]) => [name, lists.has(name) ? text.split(",") : text]));

import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { pathId } from "../http/path-id.ts";
import { notFound } from "../http/refuse.ts";

export const removePlanOperation = ({ store }: Dependencies): Operation => ({
  method: "delete",
  path: "/v1/plans/{id}",
  tag: "Plans",
  summary: "Remove a plan with its schedule and runs",
  answers: { 204: { description: "It is gone." } },
  problems: ["not-found"],
  handle: async (context) => {
    const id = pathId(context);
    const removed = id !== undefined && (await store.plans.remove(id));
    return removed ? context.body(null, 204) : notFound(context, "plan");
  },
});

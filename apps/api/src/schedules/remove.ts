import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { pathId } from "../http/path-id.ts";
import { notFound } from "../http/refuse.ts";

export const removeScheduleOperation = ({ store }: Dependencies): Operation => ({
  method: "delete",
  path: "/v1/plans/{id}/schedule",
  tag: "Schedules",
  summary: "End a schedule; its runs are kept",
  answers: { 204: { description: "It is gone." } },
  problems: ["not-found"],
  handle: async (context) => {
    const planId = pathId(context);
    const removed = planId !== undefined && (await store.schedules.remove(planId));
    return removed ? context.body(null, 204) : notFound(context, "schedule");
  },
});

import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { pathId } from "../http/path-id.ts";
import { notFound } from "../http/refuse.ts";

export const removeMeasurementOperation = ({ store }: Dependencies): Operation => ({
  method: "delete",
  path: "/v1/measurements/{id}",
  tag: "Measurements",
  summary: "Remove a measurement: what is estimated afterwards does without it",
  answers: { 204: { description: "It is gone." } },
  problems: ["not-found"],
  handle: async (context) => {
    const id = pathId(context);
    const removed = id !== undefined && (await store.measurements.remove(id));
    return removed ? context.body(null, 204) : notFound(context, "measurement");
  },
});

import { z } from "zod";
import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { refuse } from "../http/refuse.ts";

const schema = z.strictObject({ status: z.literal("ready") });

export const readinessOperation = ({ store, lifecycle }: Dependencies): Operation => ({
  method: "get",
  path: "/readyz",
  tag: "Service",
  summary: "Whether requests should be sent here: the database answers, and the server is not stopping",
  answers: { 200: { description: "They should.", schema } },
  problems: ["stopping"],
  handle: async (context) => {
    if (lifecycle.stopping.aborted) return refuse(context, "stopping");
    // A database that is away makes this throw, and the app answers that it is.
    await store.now();
    return context.json({ status: "ready" } satisfies z.output<typeof schema>);
  },
});

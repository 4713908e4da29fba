import { z } from "zod";
import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";

const schema = z.strictObject({ status: z.literal("ok"), version: z.string() });

export const healthOperation = ({ version }: Dependencies): Operation => ({
  method: "get",
  path: "/healthz",
  tag: "Service",
  summary: "Whether this process runs",
  answers: { 200: { description: "It does.", schema } },
  problems: [],
  handle: (context) => context.json({ status: "ok", version } satisfies z.output<typeof schema>),
});

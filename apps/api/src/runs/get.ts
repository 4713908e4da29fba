import { runDocument } from "@headroom/client";
import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { pathId } from "../http/path-id.ts";
import { notFound } from "../http/refuse.ts";
import { presentRun } from "./present-run.ts";

export const getRunOperation = ({ store }: Dependencies): Operation => ({
  method: "get",
  path: "/v1/runs/{id}",
  tag: "Runs",
  summary: "One solve of a plan again, with the plan it found",
  answers: { 200: { description: "The run.", schema: runDocument } },
  problems: ["not-found"],
  handle: async (context) => {
    const id = pathId(context);
    const run = id === undefined ? undefined : await store.runs.get(id);
    return run ? context.json(presentRun(run)) : notFound(context, "run");
  },
});

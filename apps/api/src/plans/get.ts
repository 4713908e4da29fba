import { planDocument } from "@headroom/core";
import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { pathId } from "../http/path-id.ts";
import { notFound } from "../http/refuse.ts";
import { planAnswer } from "./plan-answer.ts";

export const getPlanOperation = ({ store }: Dependencies): Operation => ({
  method: "get",
  path: "/v1/plans/{id}",
  tag: "Plans",
  summary: "A stored plan, as it was first answered",
  answers: { 200: { description: "The plan.", schema: planDocument } },
  problems: ["not-found"],
  handle: async (context) => {
    const id = pathId(context);
    const text = id === undefined ? undefined : await store.plans.text(id);
    return id !== undefined && text !== undefined ? planAnswer(context, { id, text }) : notFound(context, "plan");
  },
});

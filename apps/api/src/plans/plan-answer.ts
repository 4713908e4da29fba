import type { ApiContext } from "../http/api-context.ts";

/** A plan and its JSON. */
export interface PlanText {
  readonly id: string;
  readonly text: string;
}

export const planAnswer = (context: ApiContext, { id, text }: PlanText): Response =>
  context.body(text, 200, { "content-type": "application/json", "content-location": `/v1/plans/${encodeURIComponent(id)}` });

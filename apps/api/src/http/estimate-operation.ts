import type { Outcome } from "@headroom/core";
import type { z } from "zod";
import { bodyProblems, type Operation } from "./operation.ts";
import { readBody } from "./read-body.ts";
import { refuseFields } from "./refuse.ts";

type Estimated<Answer extends z.ZodType> = Outcome<z.input<Answer> & object>;

export interface Estimate<Request extends z.ZodType, Answer extends z.ZodType> extends Pick<Operation, "path" | "tag" | "summary"> {
  readonly request: Request;
  readonly answer: Answer;
  readonly estimate: (request: z.output<Request>) => Estimated<Answer> | Promise<Estimated<Answer>>;
}

/** A question of core's as an operation: nothing is stored, and nothing takes long. */
export const estimateOperation = <Request extends z.ZodType, Answer extends z.ZodType>({
  request,
  answer,
  estimate,
  ...described
}: Estimate<Request, Answer>): Operation => ({
  ...described,
  method: "post",
  body: request,
  answers: { 200: { description: "The answer.", schema: answer } },
  problems: bodyProblems,
  handle: async (context) => {
    const body = await readBody(context, request);
    if (!body.ok) return body.response;
    const outcome = await estimate(body.value);
    return outcome.ok ? context.json(outcome.value) : refuseFields(context, outcome.errors);
  },
});

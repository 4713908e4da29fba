import type { Problem } from "@headroom/client";
import type { FieldError } from "@headroom/core";
import type { ApiContext } from "./api-context.ts";
import { type ProblemCode, problems } from "./problems.ts";

export interface Refusal {
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

export const problemOf = (code: ProblemCode, { detail, errors }: Refusal = {}): Problem => ({
  type: `/problems/${code}`,
  ...problems[code],
  ...(detail === undefined ? {} : { detail }),
  ...(errors === undefined ? {} : { errors: errors.map((error) => ({ ...error })) }),
});

/** RFC 9457. */
export const refuse = (context: ApiContext, code: ProblemCode, refusal: Refusal = {}): Response =>
  context.body(JSON.stringify({ ...problemOf(code, refusal), requestId: context.var.requestId }), problems[code].status, {
    "content-type": "application/problem+json",
    ...refusal.headers,
  });

export const refuseFields = (context: ApiContext, errors: readonly FieldError[]): Response => {
  const [first] = errors;
  const detail = first && (first.pointer === "" ? first.detail : `${first.pointer} ${first.detail}`);
  return refuse(context, "invalid-fields", { errors, ...(detail === undefined ? {} : { detail }) });
};

export const notFound = (context: ApiContext, what: string): Response =>
  refuse(context, "not-found", { detail: `there is no such ${what}` });

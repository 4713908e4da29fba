import type { FieldError } from "@headroom/core";

/** RFC 9457 problem details, as the API sends them. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly FieldError[];
}

/** The problem document of a request that cannot be answered. */
export const problemOf = (errors: readonly FieldError[]): Problem => {
  const [first] = errors;
  const malformed = first?.pointer === "" && first.detail.startsWith("is not JSON");
  return {
    type: malformed ? "/problems/malformed-json" : "/problems/invalid-request",
    title: malformed ? "The request is not JSON" : "The request has fields that cannot be right",
    status: malformed ? 400 : 422,
    detail: errors.map(({ pointer, detail }) => `${pointer || "the request"} ${detail}`).join("; "),
    errors,
  };
};

import type { Problem } from "@headroom/client";
import type { FieldError } from "@headroom/core";

/** The problem document of a request that cannot be answered, as the API would send it. */
export const problemOf = (errors: readonly FieldError[]): Problem => {
  const [first] = errors;
  const malformed = first?.pointer === "" && first.detail.startsWith("is not JSON");
  return {
    type: malformed ? "/problems/malformed-json" : "/problems/invalid-request",
    title: malformed ? "The request is not JSON" : "The request has fields that cannot be right",
    status: malformed ? 400 : 422,
    detail: errors.map(({ pointer, detail }) => `${pointer || "the request"} ${detail}`).join("; "),
    errors: [...errors],
  };
};

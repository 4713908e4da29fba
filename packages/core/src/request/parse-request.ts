import type { z } from "zod";
import { type FieldError, type Outcome, refuseAll, succeed } from "../units/index.ts";
import { wording } from "./wording.ts";

/** Turns unknown JSON into a request, or into errors that name each wrong field and what would be right. */
export const parseRequest = <S extends z.ZodType>(schema: S, input: unknown): Outcome<z.output<S>> => {
  const parsed = schema.safeParse(input, { error: wording });
  return parsed.success ? succeed(parsed.data) : refuseAll(eachOnce(parsed.error.issues.flatMap((issue) => fieldErrorsOf(issue))));
};

/** RFC 6901: `~` and `/` inside a name are escaped. */
const escapeSegment = (segment: PropertyKey): string => String(segment).replaceAll("~", "~0").replaceAll("/", "~1");

export const jsonPointer = (path: readonly PropertyKey[]): string => path.map((segment) => `/${escapeSegment(segment)}`).join("");

const fieldErrorsOf = (issue: z.core.$ZodIssue, outer: readonly PropertyKey[] = []): FieldError[] => {
  const path = [...outer, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ pointer: jsonPointer([...path, key]), detail: issue.message }));
  }
  if (issue.code === "invalid_union") {
    const [meant] = issue.errors.filter((branch) => branch.every(isInside)).toSorted((a, b) => a.length - b.length);
    if (meant) return meant.flatMap((inner) => fieldErrorsOf(inner, path));
  }
  return [{ pointer: jsonPointer(path), detail: issue.message }];
};

/** A complaint about a part of the value, so the value as a whole had the shape of this branch of the union. */
const isInside = (issue: z.core.$ZodIssue): boolean => issue.path.length > 0 || issue.code === "unrecognized_keys";

/** A hostile body may be wrong in a million places. */
const mostErrors = 100;

/** A number that is both too large and not whole breaks two rules with one message. */
const eachOnce = (errors: readonly FieldError[]): FieldError[] => {
  const distinct = new Map(errors.map((error) => [`${error.pointer} ${error.detail}`, error]));
  return [...distinct.values()].slice(0, mostErrors);
};

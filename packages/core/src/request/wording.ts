import { z } from "zod";

/** What a wrong field is told where its schema has no words of its own: what would be right. */
export const wording: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? `is missing: it must be ${noun(issue.expected)}` : `must be ${noun(issue.expected)}`;
    case "unrecognized_keys":
      return `is no field here${knownFields(issue.inst)}`;
    case "invalid_value":
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    case "too_small":
      return `must be ${issue.inclusive ? "at least" : "more than"} ${issue.minimum}${unit(issue.origin)}`;
    case "too_big":
      return `must be ${issue.inclusive ? "at most" : "less than"} ${issue.maximum}${unit(issue.origin)}`;
    default:
      return undefined;
  }
};

const nouns: Readonly<Record<string, string>> = {
  object: "an object",
  record: "an object",
  array: "a list",
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

const noun = (expected: string): string => nouns[expected] ?? expected;

const unit = (origin: string): string => (origin === "array" ? " entries long" : origin === "string" ? " characters long" : "");

const knownFields = (schema: unknown): string =>
  schema instanceof z.ZodObject ? `: it takes ${Object.keys(schema.shape).join(", ")}` : "";

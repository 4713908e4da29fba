import type { z } from "zod";
import type { Tag } from "../openapi/tags.ts";
import type { ApiContext } from "./api-context.ts";
import type { ProblemCode } from "./problems.ts";

interface OperationAnswer {
  readonly description: string;
  /** Absent: no body. */
  readonly schema?: z.ZodType;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One verb on one path: what the API's description says of it, and what it does. */
export interface Operation {
  readonly method: "get" | "post" | "put" | "delete";
  /** Parameters in braces. */
  readonly path: `/${string}`;
  readonly tag: Tag;
  readonly summary: string;
  readonly body?: z.ZodType;
  /** Bytes; absent: one megabyte. */
  readonly largestBody?: number;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly answers: Readonly<Record<number, OperationAnswer>>;
  /** Beside those that every operation may answer. */
  readonly problems: readonly ProblemCode[];
  readonly handle: (context: ApiContext) => Response | Promise<Response>;
}

/** An answer that is a value or the errors of a request's fields. */
export const bodyProblems = ["malformed-json", "body-too-large", "unsupported-media-type", "invalid-fields"] as const;

import { z } from "zod";

const fieldError = z.strictObject({
  pointer: z.string().describe("RFC 6901, into the request's body, or into its query by parameter name."),
  detail: z.string(),
});

/** RFC 9457: what every answer that is not a success carries. */
export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  errors: z.array(fieldError).optional(),
  requestId: z.string().optional().describe("Names the request in the server's log."),
});

export type Problem = z.output<typeof problem>;

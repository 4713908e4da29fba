import { z } from "zod";

/** One page of a list, newest first. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().optional().describe("Cursor of the next page; absent on the last one.") });

export const pageQuery = z.strictObject({
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int("must be a whole number").min(1, "must be 1 to 200").max(200, "must be 1 to 200").optional(),
});

export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | undefined;
}

export interface PageQuery {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

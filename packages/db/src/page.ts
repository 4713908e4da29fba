import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** Where a list goes on: after the row with this instant and id, newest first. */
export interface Cursor {
  readonly at: Date;
  readonly id: string;
}

export interface PageRequest {
  readonly after?: Cursor | undefined;
  readonly limit: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: Cursor | undefined;
}

export const mostRowsOfPage = 200;

/** The end of the year 9999, in milliseconds: later instants are written in a form that PostgreSQL does not read. */
const latestTime = 253_402_300_799_999;

export const writeCursor = ({ at, id }: Cursor): string => Buffer.from(JSON.stringify([at.getTime(), id])).toString("base64url");

/** Undefined where the text is no cursor of ours. */
export const readCursor = (text: string): Cursor | undefined => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (!Array.isArray(parts)) return undefined;
    const [time, id] = parts as readonly unknown[];
    if (typeof time !== "number" || !(time >= 0 && time <= latestTime)) return undefined;
    return typeof id === "string" && !id.includes("\0") ? { at: new Date(time), id } : undefined;
  } catch {
    return undefined;
  }
};

/** Rows strictly after the cursor. Both columns are compared, so that rows of one instant are neither lost nor repeated. */
export const afterCursor = (at: PgColumn, id: PgColumn, cursor: Cursor | undefined): SQL | undefined =>
  cursor && sql`(${at}, ${id}) < (${cursor.at.toISOString()}::timestamptz, ${cursor.id})`;

export const newestFirst = (at: PgColumn, id: PgColumn): SQL[] => [sql`${at} desc`, sql`${id} desc`];

/** Cuts a page from one row more than its limit, which tells whether there is a next one. */
export const pageOf = <T>(rows: readonly T[], limit: number, cursorOf: (row: T) => Cursor): Page<T> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(last) : undefined };
};

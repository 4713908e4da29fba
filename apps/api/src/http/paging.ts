import { type Page, type PageQuery, pageQuery } from "@headroom/client";
import { type PageRequest, readCursor, type Page as StoredPage, writeCursor } from "@headroom/db";
import type { ApiContext } from "./api-context.ts";
import { type Read, readQuery } from "./read-body.ts";
import { refuseFields } from "./refuse.ts";

const defaultLimit = 50;

export const readPageRequest = (context: ApiContext): Read<PageRequest> => {
  const query = readQuery(context, pageQuery);
  return query.ok ? pageRequestOf(context, query.value) : query;
};

/** Of a query that was read with more in it than the page. */
export const pageRequestOf = (context: ApiContext, { cursor, limit = defaultLimit }: PageQuery): Read<PageRequest> => {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  if (cursor !== undefined && !after) {
    return { ok: false, response: refuseFields(context, [{ pointer: "/cursor", detail: 'is not the "next" of a page' }]) };
  }
  return { ok: true, value: { after, limit } };
};

/** A page in the body, and its successor in a Link header too (RFC 8288). */
export const pageAnswer = <Row, Item>(context: ApiContext, page: StoredPage<Row>, present: (row: Row) => Item): Response => {
  const items = page.items.map(present);
  if (!page.next) return context.json({ items } satisfies Page<Item>);
  const next = writeCursor(page.next);
  const url = new URL(context.req.url);
  url.searchParams.set("cursor", next);
  return context.json({ items, next } satisfies Page<Item>, 200, { link: `<${url.pathname}${url.search}>; rel="next"` });
};

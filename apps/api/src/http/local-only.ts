import { createMiddleware } from "hono/factory";
import type { ApiEnvironment } from "./api-context.ts";
import { refuse } from "./refuse.ts";

const localName = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * A server without keys answers this machine alone. The host name is checked because a web page can point its own name
 * at the loopback address, the origin because any web page can send requests here.
 */
export const localOnly = createMiddleware<ApiEnvironment>(async (context, next) => {
  const host = context.req.header("host") ?? new URL(context.req.url).host;
  if (!localName.test(host)) return refuse(context, "foreign-host");
  const origin = context.req.header("origin");
  if (origin !== undefined && !localName.test(origin.replace(/^https?:\/\//i, ""))) return refuse(context, "foreign-origin");
  await next();
});

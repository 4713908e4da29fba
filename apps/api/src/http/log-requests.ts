import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import type { Logger } from "pino";
import type { ApiEnvironment } from "./api-context.ts";

/** One line a request: which route, how it ended, how long it took. No body, no query, no id out of the path. */
export const logRequests = (log: Logger) =>
  createMiddleware<ApiEnvironment>(async (context, next) => {
    const started = performance.now();
    await next();
    const ms = Math.round(performance.now() - started);
    log.info(
      { requestId: context.var.requestId, method: context.req.method, route: routePath(context, -1), status: context.res.status, ms },
      "request",
    );
  });

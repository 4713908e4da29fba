import { createMiddleware } from "hono/factory";
import { secureHeaders } from "hono/secure-headers";
import type { ApiEnvironment } from "./api-context.ts";

/** Answers carry data, never a page: nothing in them may run or be framed. */
const ofData = secureHeaders({
  strictTransportSecurity: false,
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
});

/** Scripts and data from this server alone. Swagger's interface styles its elements in place. */
const ofReference = secureHeaders({
  strictTransportSecurity: false,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
});

export const securityHeaders = createMiddleware<ApiEnvironment>((context, next) =>
  /^\/docs(?:\/|$)/.test(context.req.path) ? ofReference(context, next) : ofData(context, next),
);

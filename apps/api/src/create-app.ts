import { isDatabaseAway, rootCause } from "@headroom/db";
import { prometheus } from "@hono/prometheus";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { requestId } from "hono/request-id";
import type { Dependencies } from "./dependencies.ts";
import { allowedMethods } from "./http/allowed-methods.ts";
import type { ApiEnvironment } from "./http/api-context.ts";
import { localOnly } from "./http/local-only.ts";
import { logRequests } from "./http/log-requests.ts";
import type { Operation } from "./http/operation.ts";
import { problems } from "./http/problems.ts";
import { refuse } from "./http/refuse.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { mountDocs } from "./openapi/docs-page.ts";
import { openApiDocument } from "./openapi/openapi-document.ts";
import { operationsOf } from "./operations.ts";

const megabyte = 1024 * 1024;

/** The whole API over what it is given: no environment, no clock, no port. */
export const createApp = (dependencies: Dependencies): Hono<ApiEnvironment> => {
  const operations = operationsOf(dependencies);
  const app = new Hono<ApiEnvironment>();
  const { registerMetrics } = prometheus({ registry: dependencies.metrics, prefix: "headroom_" });
  app.use(requestId(), logRequests(dependencies.log), registerMetrics, securityHeaders, localOnly);
  for (const operation of operations) mount(app, operation);
  mountReference(app, operations, dependencies.version);
  answerFailures(app, operations, dependencies);
  return app;
};

const mount = (app: Hono<ApiEnvironment>, { method, path, largestBody = megabyte, handle }: Operation): void => {
  const route = path.replace("{id}", ":id");
  const limit = bodyLimit({
    maxSize: largestBody,
    onError: (context) => refuse(context, "body-too-large", { detail: `the body may have ${largestBody} bytes` }),
  });
  app.on(method.toUpperCase(), route, limit, handle);
};

const mountReference = (app: Hono<ApiEnvironment>, operations: readonly Operation[], version: string): void => {
  const document = JSON.stringify(openApiDocument(operations, version));
  app.get("/openapi.json", (context) => context.body(document, 200, { "content-type": "application/json" }));
  mountDocs(app);
  for (const [code, { status, title }] of Object.entries(problems)) {
    app.get(`/problems/${code}`, (context) => context.text(`${title}. Answers of this kind have the status ${status}.\n`));
  }
};

const answerFailures = (app: Hono<ApiEnvironment>, operations: readonly Operation[], { log }: Dependencies): void => {
  app.notFound((context) => {
    const allowed = allowedMethods(operations, context.req.path);
    return allowed.length > 0
      ? refuse(context, "method-not-allowed", { detail: `only ${allowed.join(", ")}`, headers: { allow: allowed.join(", ") } })
      : refuse(context, "not-found");
  });
  app.onError((error, context) => {
    if (isDatabaseAway(error)) {
      log.warn({ err: rootCause(error), requestId: context.var.requestId }, "the database does not answer");
      return refuse(context, "database-away", { headers: { "retry-after": "5" } });
    }
    log.error({ err: rootCause(error), requestId: context.var.requestId }, "a request broke");
    return refuse(context, "internal", { detail: "the server's log has more under this request's id" });
  });
};

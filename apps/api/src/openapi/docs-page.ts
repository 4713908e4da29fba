import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Hono } from "hono";
import type { ApiEnvironment } from "../http/api-context.ts";

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Headroom API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="icon" href="/docs/favicon-32x32.png">
  </head>
  <body>
    <div id="reference"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/init.js"></script>
  </body>
</html>
`;

/** A file of its own, so that the page's policy can forbid every inline script. */
const init = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#reference", deepLinking: true, validatorUrl: null });
`;

const javascript = "text/javascript; charset=utf-8";

const assets = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": javascript,
  "favicon-32x32.png": "image/png",
} as const;

/** The reference in a browser, all of it from this server. */
export const mountDocs = (app: Hono<ApiEnvironment>): void => {
  const directory = join(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"), "..");
  app.get("/docs", (context) => context.html(page));
  app.get("/docs/init.js", (context) => context.body(init, 200, { "content-type": javascript }));
  for (const [name, contentType] of Object.entries(assets)) {
    app.get(`/docs/${name}`, async (context) =>
      context.body(await readFile(join(directory, name)), 200, { "content-type": contentType, "cache-control": "max-age=3600" }),
    );
  }
};

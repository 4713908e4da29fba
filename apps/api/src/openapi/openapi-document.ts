import { problem } from "@headroom/client";
import {
  catalogDocument,
  frontierDocument,
  frontierRequest,
  measurementImport,
  memoryRequest,
  performanceRequest,
  planDocument,
  planRequest,
  scenariosDocument,
  scenariosRequest,
  trainingRequest,
} from "@headroom/core";
import { OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import type { Operation } from "../http/operation.ts";
import { problems } from "../http/problems.ts";
import { tags } from "./tags.ts";

/** Schemas that stand once, under a name, and are referred to. */
const components: ReadonlyMap<z.ZodType, z.ZodType> = new Map(
  Object.entries({
    Problem: problem,
    PlanRequest: planRequest,
    Plan: planDocument,
    FrontierRequest: frontierRequest,
    Frontier: frontierDocument,
    ScenariosRequest: scenariosRequest,
    Scenarios: scenariosDocument,
    MemoryRequest: memoryRequest,
    PerformanceRequest: performanceRequest,
    TrainingRequest: trainingRequest,
    Catalog: catalogDocument,
    MeasurementImport: measurementImport,
  }).map(([id, schema]) => [schema, schema.meta({ id })]),
);

const schemaOf = (schema: z.ZodType): z.ZodType => components.get(schema) ?? schema;

/** What any operation may answer, whatever it does. */
const everywhere = ["foreign-origin", "foreign-host", "internal", "database-away"] as const;

/** OpenAPI 3.1 of the operations, from the very schemas that they validate with. */
export const openApiDocument = (operations: readonly Operation[], version: string): object => {
  const { openAPIRegistry: registry, getOpenAPI31Document } = new OpenAPIHono();
  for (const operation of operations) registry.registerPath(routeOf(operation));
  return getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Headroom",
      version,
      description: "Plans GPU clusters for large language models: what to rent, reserve or buy, proved and explained.",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    servers: [{ url: "/" }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    // This server answers its own machine alone, and asks for no key.
    security: [],
  });
};

const routeOf = (operation: Operation): RouteConfig => {
  const { method, path, tag, summary, body, query, headers } = operation;
  return {
    method,
    path,
    summary,
    tags: [tag],
    operationId: operationIdOf(operation),
    request: {
      ...(path.includes("{id}") ? { params: z.object({ id: z.string() }) } : {}),
      ...(query ? { query } : {}),
      ...(headers ? { headers } : {}),
      ...(body ? { body: { required: true, content: { "application/json": { schema: schemaOf(body) } } } } : {}),
    },
    responses: { ...successes(operation), ...refusals(operation) },
  };
};

/** `post /v1/plans/{id}/runs` is `postPlansRuns`. */
const operationIdOf = ({ method, path }: Operation): string =>
  method +
  path
    .replace(/^\/v1/, "")
    .replace(/\{id\}/g, "by-id")
    .replace(/\/+$/, "")
    .replace(/[/-]+(\w)/g, (_, letter: string) => letter.toUpperCase());

const successes = ({ answers }: Operation): RouteConfig["responses"] =>
  Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema, headers = {} }]) => [
      status,
      {
        description,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, text]) => [name, { description: text, schema: { type: "string" } }]),
        ),
        ...(schema ? { content: { "application/json": { schema: schemaOf(schema) } } } : {}),
      },
    ]),
  );

const refusals = (operation: Operation): RouteConfig["responses"] => {
  const content = { "application/problem+json": { schema: schemaOf(problem) } };
  const titles = new Map<number, string[]>();
  for (const code of [...operation.problems, ...everywhere]) {
    const { status, title } = problems[code];
    titles.set(status, [...(titles.get(status) ?? []), `${title} (${code}).`]);
  }
  return Object.fromEntries([...titles].map(([status, lines]) => [status, { description: lines.join(" "), content }]));
};

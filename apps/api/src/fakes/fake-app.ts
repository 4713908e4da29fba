import type { CatalogDocument } from "@headroom/core";
import { refuse, succeed } from "@headroom/core";
import type { CatalogShelf } from "@headroom/db";
import { sampleCatalog, samplePlan } from "@headroom/db/test-database";
import type { Hono } from "hono";
import { pino } from "pino";
import { Registry } from "prom-client";
import { createApp } from "../create-app.ts";
import type { Dependencies } from "../dependencies.ts";
import type { ApiEnvironment } from "../http/api-context.ts";
import type { Operation } from "../http/operation.ts";
import { createLifecycle } from "../lifecycle.ts";
import { operationsOf } from "../operations.ts";
import { solveSlots } from "../solve/solve-slots.ts";
import { memoryStore } from "./memory-store.ts";

export interface FakeApp {
  readonly app: Hono<ApiEnvironment>;
  readonly operations: readonly Operation[];
  readonly send: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;
}

/** The app over memory, a catalog of one offer and a solver that answers at once; a test replaces what it is about. */
export const fakeApp = (changes: Partial<Dependencies> = {}): FakeApp => {
  const bundledCatalogs = [sampleCatalog({ id: "bundled" })];
  const dependencies: Dependencies = {
    version: "0.0.0",
    log: pino({ level: "silent" }),
    store: memoryStore(),
    shelf: shelfOf(bundledCatalogs),
    bundledCatalogs,
    solver: {
      plan: async (request) => succeed(samplePlan({ request })),
      mix: async () => refuse("/machines", "the fake solver mixes nothing"),
      frontier: async () => refuse("/plan", "the fake solver draws no frontier"),
      scenarios: async () => refuse("/plan", "the fake solver compares nothing"),
    },
    slots: solveSlots({ running: 2, waiting: 2 }),
    metrics: new Registry(),
    lifecycle: createLifecycle(),
    answerWithinMs: 1000,
    renewEveryMs: 1000,
    leastSecondsBetweenRuns: 60,
    ...changes,
  };
  const app = createApp(dependencies);
  const send: FakeApp["send"] = async (method, path, body, headers = {}) =>
    app.request(path, {
      method,
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  return { app, operations: operationsOf({ ...dependencies, metrics: new Registry() }), send };
};

const shelfOf = (catalogs: readonly CatalogDocument[]): CatalogShelf => ({
  get: async (id) => catalogs.find((catalog) => catalog.id === id),
  choose: async ({ catalog }) => {
    const found = catalogs.find(({ id }) => catalog === undefined || id === catalog);
    return found ? succeed(found) : refuse("/catalog", "is not the id of a catalog");
  },
});

import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { bundledCatalogDocument } from "@headroom/catalog";
import { headroomVersion } from "@headroom/core";
import { catalogShelf, databaseTime, migrateDatabase, openDatabase } from "@headroom/db";
import { solverThreads } from "@headroom/solver/threads";
import { createAdaptorServer } from "@hono/node-server";
import type { Logger } from "pino";
import { collectDefaultMetrics, Registry } from "prom-client";
import { createApp } from "./create-app.ts";
import type { Environment } from "./environment.ts";
import { createLifecycle, type Lifecycle } from "./lifecycle.ts";
import { solveSlots } from "./solve/solve-slots.ts";
import { databaseStore } from "./store.ts";

export interface RunningApi {
  readonly address: string;
  /** Stops accepting, lets what runs finish or hands it to the workers, and closes everything. */
  readonly stop: () => Promise<void>;
}

/** A queue of this many solves for each thread is waited for; more are refused. */
const waitingPerThread = 8;
const maxConnections = 10;
const answerWithinMs = 10_000;
const renewEveryMs = 5_000;

/** Whoever keeps a request open longer than this while the server stops is cut off. */
const drainMs = 8_000;

export const serve = async (environment: Environment, log: Logger): Promise<RunningApi> => {
  const { DATABASE_URL: url, HEADROOM_SOLVER_THREADS: threads } = environment;
  await migrateDatabase(url, environment.HEADROOM_MIGRATIONS);
  const database = openDatabase({ url, maxConnections });
  const solver = solverThreads({
    filename: environment.HEADROOM_SOLVER_MODULE,
    threads,
    version: headroomVersion,
    memoryMib: environment.HEADROOM_SOLVER_MEMORY_MIB,
  });
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const lifecycle = createLifecycle();
  const bundledCatalogs = [bundledCatalogDocument];
  const app = createApp({
    version: headroomVersion,
    log,
    store: databaseStore(database.db, databaseTime),
    shelf: catalogShelf(database.db, bundledCatalogs),
    bundledCatalogs,
    solver,
    slots: solveSlots({ running: threads, waiting: threads * waitingPerThread }),
    metrics,
    lifecycle,
    answerWithinMs,
    renewEveryMs,
    leastSecondsBetweenRuns: environment.HEADROOM_SCHEDULE_LEAST_SECONDS,
  });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const address = await listen(server, environment);
  const stop = async (): Promise<void> => {
    await drain(server, lifecycle);
    await solver.close();
    await database.close();
  };
  return { address, stop };
};

const listen = (server: Server, { HOST, PORT }: Environment): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(PORT, HOST, () => {
      const { port } = server.address() as AddressInfo;
      resolve(`http://${HOST.includes(":") ? `[${HOST}]` : HOST}:${port}`);
    });
  });

const drain = async (server: Server, lifecycle: Lifecycle): Promise<void> => {
  lifecycle.stop();
  const timer = setTimeout(() => server.closeAllConnections(), drainMs);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(timer);
  await lifecycle.settled();
};

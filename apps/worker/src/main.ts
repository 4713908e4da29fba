import { bundledCatalogDocument } from "@headroom/catalog";
import { headroomVersion } from "@headroom/core";
import { migrateDatabase } from "@headroom/db";
import { solverThreads } from "@headroom/solver/threads";
import { destination, pino } from "pino";
import { readEnvironment } from "./environment.ts";
import { startWorker } from "./start-worker.ts";

const standardError = 2;
const lookEveryMs = 1_000;

/** Shorter than the ten seconds after which a stopping process is killed. */
const drainMs = 5_000;

try {
  const environment = readEnvironment(process.env);
  const log = pino({ name: "worker", level: environment.LOG_LEVEL }, destination(standardError));
  // pg-boss 10 reports a finished message without waiting for the answer, which fails while the database is away.
  process.on("unhandledRejection", (error) => log.warn({ err: error }, "something failed that nothing waits for"));
  const { DATABASE_URL: databaseUrl, HEADROOM_SOLVER_THREADS: threads } = environment;
  await migrateDatabase(databaseUrl, environment.HEADROOM_MIGRATIONS);
  const solver = solverThreads({
    filename: environment.HEADROOM_SOLVER_MODULE,
    threads,
    version: headroomVersion,
    memoryMib: environment.HEADROOM_SOLVER_MEMORY_MIB,
  });
  const worker = await startWorker({
    databaseUrl,
    solver,
    solvesAtOnce: threads,
    bundledCatalogs: [bundledCatalogDocument],
    log,
    pace: { lookEveryMs, leaseMs: environment.HEADROOM_LEASE_SECONDS * 1000, drainMs },
  });
  process.stdout.write(`ready worker ${worker.id}\n`);
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.once(signal, async () => {
      await worker.stop();
      await solver.close();
      process.exit(0);
    });
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

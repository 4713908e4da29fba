import { fileURLToPath } from "node:url";
import { defaultDataDirectory, openEmbeddedServer } from "./embedded-server/index.ts";
import { migrateDatabase } from "./migrate.ts";

const fromBundle = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Serves the embedded PostgreSQL until it is told to stop. Prints one line once the database is there and migrated. */
const serve = async (): Promise<number> => {
  const stopped = new Promise<"signal">((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => resolve("signal"));
  });
  const dataDirectory = process.env.HEADROOM_DATA_DIR ?? (await defaultDataDirectory(fromBundle("../../..")));
  const server = await openEmbeddedServer({ dataDirectory, durability: "durable" });
  await server.createDatabase("headroom");
  const url = server.url("headroom");
  await migrateDatabase(url, fromBundle("migrations"));
  process.stdout.write(`ready ${url}\n`);
  const end = await Promise.race([stopped, server.ended]);
  if (end !== "signal") {
    process.stderr.write("the embedded PostgreSQL stopped: its log is postgres/server.log in the data directory\n");
    return 1;
  }
  await server.close();
  return 0;
};

try {
  process.exit(await serve());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

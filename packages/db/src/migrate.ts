import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { underDatabaseLock } from "./database-lock.ts";

/**
 * Brings the database to the newest schema. The folder is an argument because a bundle lies elsewhere than its sources.
 * drizzle's migrator takes no lock of its own, and of several openers of an empty database all but one would fail.
 */
export const migrateDatabase = (url: string, migrationsFolder: string): Promise<void> =>
  underDatabaseLock(url, "migrate", async () => {
    const client = postgres(url, { max: 1, onnotice: () => {} });
    try {
      await migrate(drizzle(client), { migrationsFolder });
    } finally {
      await client.end({ timeout: 5 });
    }
  });

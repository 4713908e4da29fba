import type { PgDatabase } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "./schema/index.ts";

/** A pool or a transaction in it: every verb takes either. */
export type Database = PgDatabase<PostgresJsQueryResultHKT, typeof schema>;

export interface OpenDatabase {
  readonly db: Database;
  readonly close: () => Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly maxConnections: number;
}

/** Seconds. */
const connectTimeout = 5;
const closeTimeout = 5;

/** Opens lazily: the first query connects, and fails where the server is away. */
export const openDatabase = ({ url, maxConnections }: DatabaseOptions): OpenDatabase => {
  const client = postgres(url, {
    max: maxConnections,
    connect_timeout: connectTimeout,
    connection: { application_name: "headroom" },
    onnotice: () => {},
  });
  return { db: drizzle(client, { schema }), close: () => client.end({ timeout: closeTimeout }) };
};

import { sql } from "drizzle-orm";
import type { Database } from "./open-database.ts";

/** Tells the time that leases and schedules are judged by. */
export type Clock = (db: Database) => Promise<Date>;

/** The server's clock, the one that all workers share, whatever their own clocks say. */
export const databaseTime: Clock = async (db) => {
  const [row] = await db.execute<{ now: string }>(sql`select (extract(epoch from clock_timestamp()) * 1000)::bigint::text as now`);
  return new Date(Number(row?.now));
};

import { getTableColumns, getTableName, is, sql } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import { bareDatabase, freshDatabase } from "../test-database/index.ts";
import { migrationsFolder } from "../test-database/template.ts";
import { migrateDatabase } from "./migrate.ts";
import * as schema from "./schema/index.ts";

describe("migrateDatabase", () => {
  it("lets eight openers of an empty database in at once", async () => {
    const { url, drop } = await bareDatabase();
    await Promise.all(Array.from({ length: 8 }, () => migrateDatabase(url, migrationsFolder)));
    await drop();
  });

  it("makes the very columns that the schema names", async () => {
    const { db, close } = await freshDatabase();
    const rows = await db.execute<{ table: string; column: string; nullable: boolean; type: string }>(sql`
      select c.relname as table, a.attname as column, not a.attnotnull as nullable, format_type(a.atttypid, a.atttypmod) as type
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`);
    const declared = Object.values(schema)
      .filter((table) => is(table, PgTable))
      .flatMap((table) =>
        Object.values(getTableColumns(table)).map((column) => ({
          table: getTableName(table),
          column: column.name,
          nullable: !column.notNull,
          type: column.getSQLType().replace("timestamp (3)", "timestamp(3)"),
        })),
      );
    const byName = (a: { table: string; column: string }, b: { table: string; column: string }) =>
      `${a.table}.${a.column}` < `${b.table}.${b.column}` ? -1 : 1;
    expect([...rows].toSorted(byName)).toEqual(declared.toSorted(byName));
    await close();
  });
});

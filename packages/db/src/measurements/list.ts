import type { MeasuredReplica } from "@headroom/core";
import { and, eq } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { afterCursor, newestFirst, type Page, type PageRequest, pageOf } from "../page.ts";
import { measurements, type StoredMeasurement } from "../schema/index.ts";

export const listMeasurements = async (
  db: Database,
  { model, accelerator }: Partial<MeasuredReplica>,
  { after, limit }: PageRequest,
): Promise<Page<StoredMeasurement>> => {
  const { id, importedAt } = measurements;
  const rows = await db
    .select()
    .from(measurements)
    .where(
      and(
        model === undefined ? undefined : eq(measurements.model, model),
        accelerator === undefined ? undefined : eq(measurements.accelerator, accelerator),
        afterCursor(importedAt, id, after),
      ),
    )
    .orderBy(...newestFirst(importedAt, id))
    .limit(limit + 1);
  return pageOf(rows, limit, (row) => ({ at: row.importedAt, id: row.id }));
};

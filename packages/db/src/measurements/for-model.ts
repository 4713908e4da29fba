import type { MeasuredReplica, Measurement } from "@headroom/core";
import { and, eq } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { newestFirst } from "../page.ts";
import { measurements } from "../schema/index.ts";

/** What was measured of a model on an accelerator, the last imported first. */
export const measurementsForModel = async (
  db: Database,
  { model, accelerator }: MeasuredReplica,
  limit: number,
): Promise<Measurement[]> => {
  const rows = await db
    .select({ document: measurements.document })
    .from(measurements)
    .where(and(eq(measurements.model, model), eq(measurements.accelerator, accelerator)))
    .orderBy(...newestFirst(measurements.importedAt, measurements.id))
    .limit(limit);
  return rows.map(({ document }) => document);
};

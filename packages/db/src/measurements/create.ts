import { type Measurement, measurementId } from "@headroom/core";
import type { Database } from "../open-database.ts";
import { measurements } from "../schema/index.ts";

/** Rows of one statement; each has four parameters. */
const batch = 1000;

/** Stores runs, each once, and answers how many of them were new. */
export const createMeasurements = async (db: Database, runs: readonly Measurement[]): Promise<number> =>
  db.transaction(async (transaction) => {
    let created = 0;
    for (let start = 0; start < runs.length; start += batch) {
      const rows = runs.slice(start, start + batch).map((document) => {
        const { model, accelerator } = document;
        return { id: measurementId(document), model, accelerator, document };
      });
      const stored = await transaction.insert(measurements).values(rows).onConflictDoNothing().returning({ id: measurements.id });
      created += stored.length;
    }
    return created;
  });

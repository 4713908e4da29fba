import { and, eq, getTableColumns } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { afterCursor, newestFirst, type Page, type PageRequest, pageOf } from "../page.ts";
import { type Run, runs } from "../schema/index.ts";

export type ListedRun = Omit<Run, "resultPlan">;

export const listRuns = async (db: Database, planId: string, { after, limit }: PageRequest): Promise<Page<ListedRun>> => {
  const { resultPlan: _, ...listed } = getTableColumns(runs);
  const rows = await db
    .select(listed)
    .from(runs)
    .where(and(eq(runs.planId, planId), afterCursor(runs.queuedAt, runs.id, after)))
    .orderBy(...newestFirst(runs.queuedAt, runs.id))
    .limit(limit + 1);
  return pageOf(rows, limit, (row) => ({ at: row.queuedAt, id: row.id }));
};

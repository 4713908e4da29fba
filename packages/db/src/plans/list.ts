import { eq } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import { afterCursor, newestFirst, type Page, type PageRequest, pageOf } from "../page.ts";
import { plans, type Schedule, type StoredPlan, schedules } from "../schema/index.ts";

export interface ListedPlan {
  readonly plan: Pick<StoredPlan, "id" | "name" | "status" | "catalogId" | "catalogAsOf" | "usdPerHourMicro" | "createdAt">;
  readonly schedule: Schedule | null;
}

export const listPlans = async (db: Database, { after, limit }: PageRequest): Promise<Page<ListedPlan>> => {
  const { id, name, status, catalogId, catalogAsOf, usdPerHourMicro, createdAt } = plans;
  const rows = await db
    .select({ plan: { id, name, status, catalogId, catalogAsOf, usdPerHourMicro, createdAt }, schedule: schedules })
    .from(plans)
    .leftJoin(schedules, eq(schedules.planId, plans.id))
    .where(afterCursor(createdAt, id, after))
    .orderBy(...newestFirst(createdAt, id))
    .limit(limit + 1);
  return pageOf(rows, limit, ({ plan }) => ({ at: plan.createdAt, id: plan.id }));
};

import { type Plan, parseUsd } from "@headroom/core";
import { type RequestKey, takeIdempotencyKey } from "../idempotency-keys/take.ts";
import type { Database } from "../open-database.ts";
import { plans } from "../schema/index.ts";

/** Stores a plan, once for each key: "key-taken" where another request with the same key was faster. */
export const createPlan = (db: Database, plan: Plan, key?: RequestKey): Promise<"created" | "key-taken"> =>
  db.transaction(async (transaction) => {
    if (key && !(await takeIdempotencyKey(transaction, key, { planId: plan.id }))) return "key-taken";
    await insertPlan(transaction, plan);
    return "created";
  });

/** For verbs that store a plan together with what led to it. */
export const insertPlan = async (db: Database, plan: Plan): Promise<void> => {
  await db.insert(plans).values({
    id: plan.id,
    name: plan.name ?? null,
    status: plan.status,
    catalogId: plan.catalog,
    catalogAsOf: plan.catalogAsOf,
    inputHash: plan.inputHash,
    request: plan.request,
    plan,
    usdPerHourMicro: plan.cost === null ? null : (parseUsd(plan.cost.usdPerHour) ?? null),
  });
};

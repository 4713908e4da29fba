import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase, samplePlan } from "../../test-database/index.ts";
import { findIdempotencyKey } from "../idempotency-keys/find.ts";
import type { Cursor } from "../page.ts";
import { createPlan } from "./create.ts";
import { getPlan } from "./get.ts";
import { type ListedPlan, listPlans } from "./list.ts";
import { removePlan } from "./remove.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const allPages = async (limit: number, between: () => Promise<void>): Promise<ListedPlan[]> => {
  const seen: ListedPlan[] = [];
  for (let after: Cursor | undefined, more = true; more; more = after !== undefined) {
    const page = await listPlans(database.db, { after, limit });
    seen.push(...page.items);
    after = page.next;
    await between();
  }
  return seen;
};

describe("plans", () => {
  it("come back byte for byte", async () => {
    const plan = samplePlan({ name: 'Größe "ß" 漢字 \\ \n', assumptions: { zebra: 1, apple: 0.1, tiny: 1e-7, text: "x" } });
    await createPlan(database.db, plan);
    const stored = await getPlan(database.db, plan.id);
    expect(JSON.stringify(stored?.plan)).toBe(JSON.stringify(plan));
    expect(stored).toMatchObject({ id: plan.id, name: plan.name, usdPerHourMicro: 4_000_000n, catalogAsOf: "2026-07-30" });
  });

  it("hold money beyond what a float can count", async () => {
    const plan = samplePlan();
    const usdPerHour = "9007199254.740993";
    const cost = plan.cost && { ...plan.cost, usdPerHour };
    await createPlan(database.db, { ...plan, cost });
    expect((await getPlan(database.db, plan.id))?.usdPerHourMicro).toBe(9_007_199_254_740_993n);
  });

  it("are removed once", async () => {
    const plan = samplePlan();
    await createPlan(database.db, plan);
    expect(await removePlan(database.db, plan.id)).toBe(true);
    expect(await removePlan(database.db, plan.id)).toBe(false);
    expect(await getPlan(database.db, plan.id)).toBeUndefined();
  });

  it("are stored once for fifty requests at once with one key", async () => {
    const key = { key: "budget-2026-08", requestHash: "h" };
    const plans = Array.from({ length: 50 }, () => samplePlan());
    const outcomes = await Promise.all(plans.map((plan) => createPlan(database.db, plan, key)));
    expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(1);
    const winner = plans[outcomes.indexOf("created")];
    expect(await findIdempotencyKey(database.db, key.key)).toMatchObject({ planId: winner?.id, jobId: null });
    expect(await getPlan(database.db, plans[outcomes.indexOf("key-taken")]?.id ?? "")).toBeUndefined();
  });

  it("are listed newest first, none twice and none lost, while others are stored", async () => {
    const present = Array.from({ length: 30 }, () => samplePlan());
    await Promise.all(present.map((plan) => createPlan(database.db, plan)));
    const seen = await allPages(7, async () => {
      await createPlan(database.db, samplePlan());
    });
    const ids = seen.map(({ plan }) => plan.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(present.every(({ id }) => ids.includes(id))).toBe(true);
    const order = seen.map(({ plan }) => plan.createdAt.getTime());
    expect(order).toEqual(order.toSorted((a, b) => b - a));
  });
});

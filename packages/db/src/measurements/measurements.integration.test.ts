import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase, sampleMeasurement } from "../../test-database/index.ts";
import { createMeasurements } from "./create.ts";
import { measurementsForModel } from "./for-model.ts";
import { listMeasurements } from "./list.ts";
import { removeMeasurement } from "./remove.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const h100 = { model: "meta-llama/Llama-3.1-8B", accelerator: "h100-sxm" };

describe("measurements", () => {
  it("are stored once each, whatever the order of their fields, and found by model and accelerator", async () => {
    const { db } = database;
    const [first, second] = [sampleMeasurement(), sampleMeasurement({ concurrency: 32, tpotMs: 15 })];
    const elsewhere = [sampleMeasurement({ accelerator: "l40s" }), sampleMeasurement({ model: "Qwen/Qwen3-8B" })];
    expect(await createMeasurements(db, [first, ...elsewhere])).toBe(3);
    const reversed = Object.fromEntries(Object.entries(first).toReversed()) as typeof first;
    expect(await createMeasurements(db, [reversed, second, second])).toBe(1);
    expect(await measurementsForModel(db, h100, 10)).toEqual([second, first]);
    expect(await measurementsForModel(db, h100, 1)).toEqual([second]);
    expect(await measurementsForModel(db, { ...h100, accelerator: "b200-sxm" }, 10)).toEqual([]);
  });

  it("are listed in pages, by model or by accelerator, newest first", async () => {
    const { db } = database;
    const accelerator = "mi300x";
    const runs = Array.from({ length: 5 }, (_, index) => sampleMeasurement({ accelerator, concurrency: index + 1 }));
    for (const run of runs) await createMeasurements(db, [run]);
    const page = await listMeasurements(db, { accelerator }, { limit: 3 });
    const rest = await listMeasurements(db, { accelerator }, { limit: 3, after: page.next });
    expect([...page.items, ...rest.items].map(({ document }) => document.concurrency).toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(rest.next).toBeUndefined();
    expect((await listMeasurements(db, { ...h100, accelerator }, { limit: 200 })).items).toHaveLength(5);
    expect((await listMeasurements(db, { model: "nothing" }, { limit: 200 })).items).toEqual([]);
  });

  it("stores thousands at once, and removes one", async () => {
    const { db } = database;
    const accelerator = "h200-sxm";
    const runs = Array.from({ length: 2000 }, (_, index) => sampleMeasurement({ accelerator, concurrency: index + 1 }));
    expect(await createMeasurements(db, runs)).toBe(2000);
    const [one] = (await listMeasurements(db, { accelerator }, { limit: 1 })).items;
    expect(await removeMeasurement(db, one?.id ?? "")).toBe(true);
    expect(await removeMeasurement(db, one?.id ?? "")).toBe(false);
    expect(await measurementsForModel(db, { ...h100, accelerator }, 3000)).toHaveLength(1999);
  });
});

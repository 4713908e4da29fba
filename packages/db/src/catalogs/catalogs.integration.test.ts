import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase, sampleCatalog } from "../../test-database/index.ts";
import { createCatalog } from "./create.ts";
import { listCatalogs } from "./list.ts";
import { catalogShelf } from "./shelf.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  for (const asOf of ["2026-05-01", "2026-07-01"]) await createCatalog(database.db, sampleCatalog({ id: `stored-${asOf}`, asOf }));
});
afterAll(() => database.close());

const bundled = [sampleCatalog({ id: "bundled-a", asOf: "2026-06-01" }), sampleCatalog({ id: "bundled-b", asOf: "2026-07-01" })];

describe("createCatalog", () => {
  it("takes the same catalog again, in whatever order its fields stand, and no other one of that id", async () => {
    const catalog = sampleCatalog({ id: "acme" });
    expect(await createCatalog(database.db, catalog)).toBe("created");
    const reversed = Object.fromEntries(Object.entries(catalog).toReversed()) as typeof catalog;
    expect(await createCatalog(database.db, reversed)).toBe("same");
    expect(await createCatalog(database.db, sampleCatalog({ id: "acme", prices: { a: "5.00" } }))).toBe("different");
    const { items } = await listCatalogs(database.db, { limit: 200 });
    expect(items.find(({ id }) => id === "acme")).toMatchObject({ offerCount: 1 });
  });
});

describe("catalogShelf", () => {
  it.each([
    { name: "by its id among the stored", wish: { catalog: "stored-2026-05-01" }, expected: "stored-2026-05-01" },
    { name: "by its id among the bundled", wish: { catalog: "bundled-a" }, expected: "bundled-a" },
    { name: "the newest at a date, bundled", wish: { asOf: "2026-06-15" }, expected: "bundled-a" },
    { name: "the newest at a date, stored", wish: { asOf: "2026-05-15" }, expected: "stored-2026-05-01" },
    { name: "of equal dates the stored one", wish: { asOf: "2026-07-15" }, expected: "stored-2026-07-01" },
  ])("finds $name", async ({ wish, expected }) => {
    const chosen = await catalogShelf(database.db, bundled).choose(wish);
    expect(chosen.ok && chosen.value.id).toBe(expected);
  });

  it.each([
    { name: "an unknown id", wish: { catalog: "nowhere" }, pointer: "/catalog" },
    { name: "an id of a later date", wish: { catalog: "bundled-a", asOf: "2026-05-31" }, pointer: "/asOf" },
    { name: "a date before every catalog", wish: { asOf: "2020-01-01" }, pointer: "/asOf" },
  ])("refuses $name", async ({ wish, pointer }) => {
    const chosen = await catalogShelf(database.db, bundled).choose(wish);
    expect(chosen.ok ? undefined : chosen.errors[0]?.pointer).toBe(pointer);
  });
});

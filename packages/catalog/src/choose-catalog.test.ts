import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseCatalog } from "./choose-catalog.ts";

const known = [
  { id: "skypilot-2023-07-10", asOf: "2023-07-10" },
  { id: "bundled-2026-07-30", asOf: "2026-07-30" },
  { id: "skypilot-2024-06-13", asOf: "2024-06-13" },
];

describe("chooseCatalog", () => {
  it.each([
    { name: "the newest when nothing is asked for", choice: {}, id: "bundled-2026-07-30" },
    { name: "the one of the id", choice: { catalog: "skypilot-2023-07-10" }, id: "skypilot-2023-07-10" },
    { name: "the one of the day", choice: { asOf: "2024-06-13" }, id: "skypilot-2024-06-13" },
    { name: "the newest before the day", choice: { asOf: "2026-07-29" }, id: "skypilot-2024-06-13" },
    { name: "the newest for a day to come", choice: { asOf: "2030-01-01" }, id: "bundled-2026-07-30" },
    { name: "the one of the id on a later day", choice: { catalog: "skypilot-2023-07-10", asOf: "2026-01-01" }, id: "skypilot-2023-07-10" },
  ])("chooses $name", ({ choice, id }) => {
    expect(chooseCatalog(known, choice)).toMatchObject({ ok: true, value: { id } });
  });

  it("chooses the first by id of two of one day", () => {
    const twins = [
      { id: "b", asOf: "2026-07-30" },
      { id: "a", asOf: "2026-07-30" },
    ];
    expect(chooseCatalog(twins, {})).toMatchObject({ ok: true, value: { id: "a" } });
  });

  const names = "known are bundled-2026-07-30 (of 2026-07-30), skypilot-2024-06-13 (of 2024-06-13), skypilot-2023-07-10 (of 2023-07-10)";

  it.each([
    {
      name: "an unknown id",
      choice: { catalog: "mine" },
      error: { pointer: "/catalog", detail: `"mine" is not a known catalog; ${names}` },
    },
    {
      name: "a day before every catalog",
      choice: { asOf: "2020-01-01" },
      error: { pointer: "/asOf", detail: `no catalog is as old as 2020-01-01; ${names}` },
    },
    {
      name: "an id whose catalog is younger than the day",
      choice: { catalog: "bundled-2026-07-30", asOf: "2024-01-01" },
      error: {
        pointer: "/asOf",
        detail: "2024-01-01 is before the date of the catalog asked for: bundled-2026-07-30 is of 2026-07-30; give one of the two",
      },
    },
  ])("refuses $name and names the known ones", ({ choice, error }) => {
    expect(chooseCatalog(known, choice)).toEqual({ ok: false, errors: [error] });
  });

  it("refuses when no catalog is known", () => {
    expect(chooseCatalog([], {})).toEqual({ ok: false, errors: [{ pointer: "/catalog", detail: "no catalog is known" }] });
  });

  it("does not depend on the order of the catalogs", () => {
    const choice = fc.record({ asOf: fc.constantFrom(undefined, "2023-12-31", "2024-06-13", "2027-01-01") });
    fc.assert(
      fc.property(fc.shuffledSubarray(known, { minLength: known.length }), choice, (shuffled, wanted) => {
        expect(chooseCatalog(shuffled, wanted)).toEqual(chooseCatalog(known, wanted));
      }),
    );
  });
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { loadHighsBackend } from "../backends/highs/highs-backend.ts";
import { programBuilder } from "../linear-program/program-builder.ts";
import { coverRows } from "./cover-rows.ts";

const highs = await loadHighsBackend();

/** The highest load that can be routed, by a linear program with the routes in it. */
const mostLoad = (capacities: readonly (readonly number[])[], counts: readonly number[]): number => {
  const builder = programBuilder();
  const load = builder.variable({ label: "load", cost: -1 });
  const taken = capacities.map((ofUnit) => ofUnit.map(() => builder.variable({ label: "taken" })));
  (capacities[0] ?? []).forEach((_, at) => {
    const terms = taken.map((ofUnit) => ({ variable: ofUnit[at] ?? -1, coefficient: 1 }));
    builder.constrain({ label: `class ${at}`, terms: [...terms, { variable: load, coefficient: -1 }], lower: 0, upper: 0 });
  });
  capacities.forEach((ofUnit, unit) => {
    const terms = ofUnit.map((capacity, at) => ({ variable: taken[unit]?.[at] ?? -1, coefficient: 1 / capacity }));
    builder.constrain({ label: `unit ${unit}`, terms, upper: counts[unit] ?? 0 });
  });
  const outcome = highs.solve(builder.program(), { timeLimitSeconds: 5, relativeGap: 0 });
  if (outcome.status !== "optimal") throw new Error(outcome.status);
  return -outcome.bound;
};

const fleets = fc.integer({ min: 1, max: 4 }).chain((classes) =>
  fc.array(
    fc.record({
      capacities: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: classes, maxLength: classes }),
      count: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
);

it("knows the highest load that whole units carry, without routing it", () => {
  fc.assert(
    fc.property(fleets, (units) => {
      const capacities = units.map((unit) => unit.capacities);
      const counts = units.map(({ count }) => count);
      const rows = coverRows(capacities);
      const reached = Math.min(...rows.map((row) => row.reduce((sum, worth, unit) => sum + worth * (counts[unit] ?? 0), 0)));
      expect(reached).toBeCloseTo(mostLoad(capacities, counts), 6);
    }),
    { numRuns: 120, seed: 7 },
  );
});

it("asks for no more than the mix on every unit where there are too many classes", () => {
  const rows = coverRows(Array.from({ length: 9 }, (_, unit) => Array.from({ length: 7 }, (_class, at) => 1 + ((unit * at) % 5))));
  expect(rows).toHaveLength(1);
});

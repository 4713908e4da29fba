import fc from "fast-check";
import { expect, it } from "vitest";
import { defaultBackends } from "./backends.ts";
import { cheapestWhole, type Row } from "./cheapest-whole.ts";

interface Drawn {
  readonly costs: readonly number[];
  readonly rows: readonly Row[];
}

const columns = 6;

const row: fc.Arbitrary<Row> = fc
  .record({
    coefficients: fc.array(fc.constantFrom(0, 0, 0.07, 0.21, 0.33, 0.5, 1, 2, -1, -4), { minLength: columns, maxLength: columns }),
    atLeast: fc.constantFrom(-2, 0, 0.4, 1, 2.9),
  })
  .map(({ coefficients, atLeast }) => ({ columns: coefficients.map((_, column) => column), coefficients: [...coefficients, 1], atLeast }))
  .map(({ columns: own, ...asked }) => ({ ...asked, columns: [...own, columns] }));

/** The last column keeps every row by itself. */
const program: fc.Arbitrary<Drawn> = fc.record({
  costs: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: columns, maxLength: columns }).map((costs) => [...costs, 70]),
  rows: fc.array(row, { minLength: 1, maxLength: 7 }),
});

const sumOf = ({ columns: own, coefficients }: Row, values: readonly number[]): number =>
  own.reduce((sum, column, at) => sum + (coefficients[at] ?? 0) * (values[column] ?? 0), 0);

const solved = ({ costs, rows }: Drawn, mostNodes: number) =>
  cheapestWhole({
    costs,
    brokenBy: (values) => rows.filter((one) => sumOf(one, values) < one.atLeast - 1e-9),
    known: undefined,
    tolerance: 0,
    mostNodes,
    isLate: () => false,
  });

const truthOf = async ({ costs, rows }: Drawn): Promise<number> => {
  const highs = await defaultBackends.large();
  const outcome = highs.solve(
    {
      variables: costs.map((cost) => ({ label: "", kind: "integer", cost, lower: 0, upper: 1e4 })),
      constraints: rows.map(({ columns: own, coefficients, atLeast }) => ({
        label: "",
        terms: own.map((variable, at) => ({ variable, coefficient: coefficients[at] ?? 0 })),
        lower: atLeast,
        upper: Number.POSITIVE_INFINITY,
      })),
    },
    { timeLimitSeconds: 20, relativeGap: 0 },
  );
  if (outcome.status !== "optimal") throw new Error(outcome.status);
  return outcome.values.reduce((sum, value, column) => sum + Math.round(value) * (costs[column] ?? 0), 0);
};

it("costs what HiGHS finds and proves it, and its counts break no row", async () => {
  await fc.assert(
    fc.asyncProperty(program, async (drawn) => {
      const [{ best, lower }, truth] = [solved(drawn, 1e5), await truthOf(drawn)];
      expect(best?.cost).toBeCloseTo(truth, 6);
      expect(lower).toBeCloseTo(truth, 6);
      for (const one of drawn.rows) expect(sumOf(one, best?.counts ?? [])).toBeGreaterThanOrEqual(one.atLeast - 1e-6);
    }),
    { numRuns: 200, seed: 11 },
  );
}, 60_000);

it("never proves more than the optimum where it stops early, and finds nothing below it", () => {
  fc.assert(
    fc.property(program, fc.integer({ min: 0, max: 3 }), (drawn, mostNodes) => {
      const [early, whole] = [solved(drawn, mostNodes), solved(drawn, 1e5)];
      expect(early.lower).toBeLessThanOrEqual((whole.best?.cost ?? 0) + 1e-6);
      expect(early.best?.cost ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual((whole.best?.cost ?? 0) - 1e-6);
    }),
    { numRuns: 200, seed: 12 },
  );
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { loadHighsBackend } from "../backends/highs/highs-backend.ts";
import { programBuilder } from "../linear-program/program-builder.ts";
import { smallRelaxation } from "./small-relaxation.ts";

const highs = await loadHighsBackend();

const questions = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 })).chain(([columns, rows]) =>
  fc.record({
    costs: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: columns, maxLength: columns }),
    rows: fc.array(fc.array(fc.integer({ min: -5, max: 20 }), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
    atLeast: fc.array(fc.integer({ min: -10, max: 40 }), { minLength: rows, maxLength: rows }),
  }),
);

it("agrees with HiGHS on covering programs, and its prices pay for no column more than it costs", () => {
  fc.assert(
    fc.property(questions, (question) => {
      const builder = programBuilder();
      for (const cost of question.costs) builder.variable({ label: "count", cost });
      question.rows.forEach((row, index) => {
        const terms = row.map((coefficient, variable) => ({ variable, coefficient }));
        builder.constrain({ label: `row ${index}`, terms, lower: question.atLeast[index] ?? 0 });
      });
      const expected = highs.solve(builder.program(), { timeLimitSeconds: 5, relativeGap: 0 });
      const found = smallRelaxation(question);
      if (expected.status !== "optimal") {
        expect(found).toBeUndefined();
        return;
      }
      expect(found?.value).toBeCloseTo(expected.bound, 5);
      question.rows.forEach((row, index) => {
        const reached = row.reduce((sum, coefficient, column) => sum + coefficient * (found?.counts[column] ?? 0), 0);
        expect(reached).toBeGreaterThanOrEqual((question.atLeast[index] ?? 0) - 1e-6);
      });
      expect(found?.above.every((above) => above >= 0)).toBe(true);
    }),
    { numRuns: 150, seed: 3 },
  );
});

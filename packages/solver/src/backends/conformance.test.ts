import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { feasibilityReport } from "../feasibility-report/feasibility-report.ts";
import { type LinearProgram, objectiveAt } from "../linear-program/linear-program.ts";
import { programBuilder } from "../linear-program/program-builder.ts";
import type { Backend } from "./backend.ts";
import { loadHighsBackend } from "./highs/highs-backend.ts";
import { javascriptLpSolver } from "./javascript-lp-solver/javascript-lp-solver-backend.ts";

const limits = { timeLimitSeconds: 10, relativeGap: 0 };

interface ConformanceCase {
  readonly name: string;
  readonly program: LinearProgram;
  readonly expected: { readonly status: "optimal"; readonly objective: number } | { readonly status: "infeasible" | "unbounded" };
}

/** Σ coefficient · variable between bounds, written short. */
const programOf = (write: (builder: ReturnType<typeof programBuilder>) => void): LinearProgram => {
  const builder = programBuilder();
  write(builder);
  return builder.program();
};

const cases: readonly ConformanceCase[] = [
  {
    name: "covers a demand with the cheaper of two machines",
    program: programOf(({ variable, constrain }) => {
      const [a, b] = [variable({ label: "a", kind: "integer", cost: 3 }), variable({ label: "b", kind: "integer", cost: 5 })];
      constrain({
        label: "demand",
        terms: [
          { variable: a, coefficient: 2 },
          { variable: b, coefficient: 3 },
        ],
        lower: 7,
      });
    }),
    expected: { status: "optimal", objective: 11 },
  },
  {
    name: "a continuous program",
    program: programOf(({ variable, constrain }) => {
      const a = variable({ label: "a", cost: 2, upper: 4 });
      const b = variable({ label: "b", cost: 3 });
      constrain({
        label: "demand",
        terms: [
          { variable: a, coefficient: 1 },
          { variable: b, coefficient: 1 },
        ],
        lower: 10,
      });
    }),
    expected: { status: "optimal", objective: 26 },
  },
  {
    name: "an equality",
    program: programOf(({ variable, constrain }) => {
      const a = variable({ label: "a", kind: "integer", cost: 1 });
      const b = variable({ label: "b", kind: "integer", cost: 1 });
      constrain({
        label: "exactly",
        terms: [
          { variable: a, coefficient: 3 },
          { variable: b, coefficient: 5 },
        ],
        lower: 11,
        upper: 11,
      });
    }),
    expected: { status: "optimal", objective: 3 },
  },
  {
    name: "lower bounds above zero",
    program: programOf(({ variable }) => {
      variable({ label: "a", kind: "integer", cost: 4, lower: 2, upper: 9 });
    }),
    expected: { status: "optimal", objective: 8 },
  },
  {
    name: "names that overwrite answers and prototypes are only labels",
    program: programOf(({ variable, constrain }) => {
      const terms = ["result", "feasible", "__proto__", "constructor", "bounded"].map((label) => ({
        variable: variable({ label, kind: "integer", cost: 1 }),
        coefficient: 1,
      }));
      constrain({ label: "isIntegral", terms, lower: 3 });
    }),
    expected: { status: "optimal", objective: 3 },
  },
  {
    name: "coefficients as small as tokens per micro-dollar",
    program: programOf(({ variable, constrain }) => {
      const a = variable({ label: "a", kind: "integer", cost: 1e-6 });
      constrain({ label: "demand", terms: [{ variable: a, coefficient: 1e-5 }], lower: 4.5e-5 });
    }),
    expected: { status: "optimal", objective: 5e-6 },
  },
  {
    name: "the same variable twice in one row",
    program: programOf(({ variable, constrain }) => {
      const a = variable({ label: "a", kind: "integer", cost: 1 });
      constrain({
        label: "demand",
        terms: [
          { variable: a, coefficient: 1 },
          { variable: a, coefficient: 1 },
        ],
        lower: 5,
      });
    }),
    expected: { status: "optimal", objective: 3 },
  },
  {
    name: "more demand than stock",
    program: programOf(({ variable, constrain }) => {
      const a = variable({ label: "a", kind: "integer", cost: 1, upper: 2 });
      constrain({ label: "demand", terms: [{ variable: a, coefficient: 1 }], lower: 3 });
    }),
    expected: { status: "infeasible" },
  },
  {
    name: "whole numbers that cannot meet an equality",
    program: programOf(({ variable, constrain }) => {
      const a = variable({ label: "a", kind: "integer", cost: 1, upper: 10 });
      constrain({ label: "odd", terms: [{ variable: a, coefficient: 2 }], lower: 3, upper: 3 });
    }),
    expected: { status: "infeasible" },
  },
  {
    name: "a reward without end",
    program: programOf(({ variable, constrain }) => {
      const a = variable({ label: "a", cost: -1 });
      constrain({ label: "floor", terms: [{ variable: a, coefficient: 1 }], lower: 1 });
    }),
    expected: { status: "unbounded" },
  },
];

/** Small covering programs: whole machines for a demand in two dimensions, some with limits. */
const coveringProgram = fc
  .record({
    machines: fc.array(
      fc.record({
        cost: fc.integer({ min: 1, max: 100 }),
        gives: fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 })),
        upper: fc.constantFrom(1, 2, 5, Number.POSITIVE_INFINITY),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    demand: fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })),
  })
  .map(({ machines, demand }) =>
    programOf(({ variable, constrain }) => {
      const counts = machines.map(({ cost, upper }, index) =>
        variable({ label: `machine ${index}`, kind: "integer", cost: cost / 7, upper }),
      );
      for (const dimension of [0, 1] as const) {
        const terms = counts.map((count, index) => ({ variable: count, coefficient: machines[index]?.gives[dimension] ?? 0 }));
        constrain({ label: `demand ${dimension}`, terms, lower: demand[dimension] });
      }
    }),
  );

describe.each(["javascript-lp-solver", "highs"] as const)("%s", (name) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = name === "highs" ? await loadHighsBackend() : javascriptLpSolver;
  });

  it.each(cases)("$name", ({ program, expected }) => {
    const outcome = backend.solve(program, limits);
    expect(outcome.status).toBe(expected.status);
    if (outcome.status !== "optimal" || expected.status !== "optimal") return;
    expect(objectiveAt(program, outcome.values)).toBeCloseTo(expected.objective, 9);
    expect(outcome.bound).toBeLessThanOrEqual(expected.objective + 1e-9);
    expect(feasibilityReport(program, outcome.values)).toEqual([]);
  });

  it("never calls values optimal that break the program", () => {
    fc.assert(
      fc.property(coveringProgram, (program) => {
        const outcome = backend.solve(program, limits);
        return outcome.status !== "optimal" || feasibilityReport(program, outcome.values).length === 0;
      }),
      { numRuns: 50 },
    );
  });

  it("says that time ran out instead of handing out fractions", () => {
    const items = 60;
    const program = programOf(({ variable, constrain }) => {
      const weight = (index: number) => 1000 + ((index * 7919) % 997);
      const picked = Array.from({ length: items }, (_, index) =>
        variable({ label: `item ${index}`, kind: "integer", cost: -weight(index) - (index % 7), upper: 1 }),
      );
      for (const row of [1, 2, 3]) {
        const terms = picked.map((item, index) => ({ variable: item, coefficient: 500 + ((index * 104_729 * row) % 1009) }));
        constrain({ label: `knapsack ${row}`, terms, upper: 30_000 });
      }
    });
    const outcome = backend.solve(program, { timeLimitSeconds: 0.05, relativeGap: 0 });
    if (outcome.status === "feasible") expect(feasibilityReport(program, outcome.values)).toEqual([]);
    else expect(["no-solution", "optimal"]).toContain(outcome.status);
  });
});

it("HiGHS tells of every better answer as it is found, the last of which is the optimum", async () => {
  const highs = await loadHighsBackend();
  const program = programOf(({ variable, constrain }) => {
    const counts = Array.from({ length: 40 }, (_, at) =>
      variable({ label: `machine ${at}`, kind: "integer", cost: 90 + ((at * 37) % 23) }),
    );
    for (const row of [1, 2, 3, 4]) {
      const terms = counts.map((count, at) => ({ variable: count, coefficient: 5 + ((at * row * 7919) % 31) }));
      constrain({ label: `demand ${row}`, terms, lower: 1000 + row });
    }
  });
  const told: number[] = [];
  const outcome = highs.solve(program, { ...limits, onIncumbent: (objective) => told.push(objective) });
  if (outcome.status !== "optimal") throw new Error(outcome.status);
  expect(told).toEqual(told.toSorted((a, b) => b - a));
  expect(told.at(-1)).toBeCloseTo(objectiveAt(program, outcome.values), 6);
});

it("both find the same optimum of random covering programs", async () => {
  const highs = await loadHighsBackend();
  fc.assert(
    fc.property(coveringProgram, (program) => {
      const [a, b] = [javascriptLpSolver.solve(program, limits), highs.solve(program, limits)];
      expect(a.status).toBe(b.status);
      if (a.status === "optimal" && b.status === "optimal")
        expect(objectiveAt(program, a.values)).toBeCloseTo(objectiveAt(program, b.values), 6);
    }),
    { numRuns: 500 },
  );
}, 120_000);

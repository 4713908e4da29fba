import { expect, it } from "vitest";
import type { LinearProgram } from "../linear-program/linear-program.ts";
import { feasibilityReport } from "./feasibility-report.ts";

const program: LinearProgram = {
  variables: [
    { label: "count", kind: "integer", cost: 1, lower: 0, upper: 5 },
    { label: "share", kind: "continuous", cost: 0, lower: 0, upper: 1 },
  ],
  constraints: [
    {
      label: "capacity",
      terms: [
        { variable: 0, coefficient: -1 },
        { variable: 1, coefficient: 3 },
      ],
      lower: Number.NEGATIVE_INFINITY,
      upper: 0,
    },
  ],
};

it("finds nothing wrong with values that hold", () => {
  expect(feasibilityReport(program, [3, 1])).toEqual([]);
});

it.each([
  { name: "a fraction of a machine", values: [2.5, 0.5], says: "count = 2.5 is not whole" },
  { name: "a value beyond its bound", values: [6, 1], says: "count = 6 is outside 0 to 5" },
  { name: "a broken row", values: [2, 1], says: "capacity: 1 is outside -Infinity to 0" },
  { name: "NaN", values: [Number.NaN, 0], says: "count has no finite value" },
  { name: "a missing value", values: [3], says: "1 values for 2 variables" },
])("names $name", ({ values, says }) => {
  expect(feasibilityReport(program, values)).toContain(says);
});

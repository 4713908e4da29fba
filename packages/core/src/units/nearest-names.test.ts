import { expect, it } from "vitest";
import { nearestNames } from "./nearest-names.ts";

const chips = ["h100-sxm", "h200-sxm", "a100-sxm-80gb", "l40s", "mi300x"];

it.each([
  { asked: "h1000-sxm", nearest: "h100-sxm" },
  { asked: "H200", nearest: "h200-sxm" },
  { asked: "mi300", nearest: "mi300x" },
])("finds $nearest for $asked", ({ asked, nearest }) => {
  expect(nearestNames(asked, chips)[0]).toBe(nearest);
});

it("answers for an empty name and for a very long one", () => {
  expect(nearestNames("", chips)).toHaveLength(3);
  expect(nearestNames("x".repeat(1_000_000), chips)).toHaveLength(3);
});

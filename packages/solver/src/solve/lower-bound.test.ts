import { usd } from "@headroom/core";
import { expect, it } from "vitest";
import { lowerBound, relativeGap } from "./lower-bound.ts";

it.each([
  {
    name: "rises to the next multiple of the prices' common divisor",
    bound: 4.01,
    prices: ["1.01", "3.67"],
    cost: "4.68",
    expected: "4.01",
  },
  { name: "rises to whole dollars where all prices are", bound: 26.2, prices: ["28", "44"], cost: "44", expected: "28" },
  { name: "forgives a backend's own rounding", bound: 28.0000000001, prices: ["28", "44"], cost: "28", expected: "28" },
  { name: "is never above the cost", bound: 99, prices: ["28"], cost: "28", expected: "28" },
  { name: "is never below nothing", bound: -1, prices: ["28"], cost: "28", expected: "0" },
])("$name", ({ bound, prices, cost, expected }) => {
  expect(
    lowerBound(
      bound,
      prices.map((price) => usd(price)),
      usd(cost),
    ),
  ).toBe(usd(expected));
});

it("a gap is a share of the cost", () => {
  expect(relativeGap(usd("100"), usd("99"))).toBeCloseTo(0.01, 9);
  expect(relativeGap(usd("100"), usd("100"))).toBe(0);
});

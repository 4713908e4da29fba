import fc from "fast-check";
import { expect, it } from "vitest";
import { readDecimal, shiftPoint } from "./decimal-text.ts";

it.each([
  ["5", 2, "500"],
  ["5", -2, "0.05"],
  ["0.07", 2, "7"],
  ["12.5", -2, "0.125"],
  ["0.000001", 2, "0.0001"],
  ["1e-7", 2, "0.00001"],
  ["1.5e21", 0, "1500000000000000000000"],
  ["-0.5", 2, "-50"],
  ["0", 2, "0"],
  ["2000", -3, "2"],
])("moves the point of %s by %d: %s", (number, places, text) => {
  expect(shiftPoint(number, places)).toBe(text);
});

it("comes back exactly for every number", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(2, -3), (number, places) => {
      expect(Number(shiftPoint(shiftPoint(String(number), places), -places))).toBe(number + 0);
    }),
  );
});

it.each([
  ["1,000", "1000"],
  ["1 000 000", "1000000"],
  ["5 %", "5"],
  [" 0.5 ", "0.5"],
  ["1e3", "1e3"],
])("reads %s as %s", (typed, number) => {
  expect(readDecimal(typed)).toBe(number);
});

it.each(["", "0,5", "1,00", "1.000,5", "five", "1,000 000", "--1", "0x10", "Infinity"])('reads no number from "%s"', (typed) => {
  expect(readDecimal(typed)).toBeUndefined();
});

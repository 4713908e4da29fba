import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divideUsd, formatUsd, microUsd, parseUsd, sumUsd, timesCount, usd } from "./money.ts";

describe("money", () => {
  it.each([
    { name: "a number", value: 12.5, text: "12.50" },
    { name: "six places", value: "0.526125", text: "0.526125" },
    { name: "trailing zeros", value: "28.000000", text: "28.00" },
    { name: "nothing", value: 0, text: "0.00" },
    { name: "float noise of a price list", value: 3.2000000000999997, text: "3.20" },
  ])("reads $name and writes it plainly", ({ value, text }) => {
    expect(formatUsd(usd(value))).toBe(text);
  });

  it.each(["", "-1", "1e3", "1.1234567", ".5", "5.", "NaN", "12,50", "$5"])('refuses "%s"', (text) => {
    expect(parseUsd(text)).toBeUndefined();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -0.01, 1e12])("refuses the number %d", (value) => {
    expect(parseUsd(value)).toBeUndefined();
  });

  it("reads back every amount it writes", () => {
    fc.assert(fc.property(fc.bigInt(0n, 10n ** 17n), (micro) => parseUsd(formatUsd(microUsd(micro))) === micro));
  });

  it("stays exact where a float would not: 100,000 instances for three years", () => {
    expect(formatUsd(timesCount(timesCount(usd("142.416"), 100_000), 26_280))).toBe("374269248000.00");
  });

  it("adds parts to the whole and rounds a quotient half up", () => {
    expect(sumUsd([usd("0.1"), usd("0.2")])).toBe(usd("0.3"));
    expect(formatUsd(divideUsd(usd("1"), 3))).toBe("0.333333");
    expect(formatUsd(divideUsd(usd("0.000001"), 2))).toBe("0.000001");
  });

  it("writes a difference with its sign", () => {
    expect(formatUsd(microUsd(-16_400_000n))).toBe("-16.40");
  });
});

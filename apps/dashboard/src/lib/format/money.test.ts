import { formatUsd, microUsd, parseUsd, timesCount } from "@headroom/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDifference, formatTotal, formatUnitPrice, overHours, signOf, subtract } from "./money.ts";

describe("formatTotal", () => {
  it.each([
    ["28.00", "28.00"],
    ["20440.00", "20,440.00"],
    ["20440.005", "20,440.01"],
    ["0.994999", "0.99"],
    ["0.995", "1.00"],
    ["999999.999999", "1,000,000.00"],
    ["374269248000.00", "374,269,248,000.00"],
    ["-16.40", "−16.40"],
    ["-0.001", "0.00"],
    ["0.00", "0.00"],
  ])("writes %s as %s", (amount, text) => {
    expect(formatTotal(amount)).toBe(text);
  });

  it("is the exact amount rounded half up, however large", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 17n), (micro) => {
        const cents = (micro + 5_000n) / 10_000n;
        const shown = BigInt(formatTotal(formatUsd(microUsd(micro))).replaceAll(/[,.]/g, ""));
        return shown === cents;
      }),
    );
  });
});

describe("formatUnitPrice", () => {
  it.each([
    ["23.86391", "23.86391"],
    ["0.526125", "0.526125"],
    ["1234.5678", "1,234.5678"],
  ])("keeps every place of %s", (amount, text) => {
    expect(formatUnitPrice(amount)).toBe(text);
  });
});

it.each([
  ["4.64", "+4.64"],
  ["-16.40", "−16.40"],
  ["0.00", "0.00"],
  ["-0.001", "0.00"],
])("writes the difference %s as %s", (amount, text) => {
  expect(formatDifference(amount)).toBe(text);
});

it("multiplies with hours exactly", () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 12n), fc.integer({ min: 1, max: 26_280 }), (micro, hours) => {
      const price = microUsd(micro);
      return parseUsd(overHours(formatUsd(price), hours)) === timesCount(price, hours);
    }),
  );
  expect(overHours("-4.64", 730)).toBe("-3387.20");
});

it.each([
  ["-0.10", -1],
  ["0.00", 0],
  ["0.01", 1],
])("reads the sign of %s as %d", (amount, sign) => {
  expect(signOf(amount)).toBe(sign);
});

it("subtracts exactly, where floats would not", () => {
  expect(subtract("0.3", "0.1")).toBe("0.200000");
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 17n), fc.bigInt(0n, 10n ** 17n), (a, b) => {
      const text = subtract(formatUsd(microUsd(a)), formatUsd(microUsd(b)));
      return BigInt(text.replace(".", "")) === a - b;
    }),
  );
});

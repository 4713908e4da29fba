import { formatUsd } from "@headroom/core";
import { describe, expect, it } from "vitest";
import { readPrice } from "./read-price.ts";

describe("readPrice", () => {
  it.each([
    { cell: "8.144", usd: "8.144" },
    { cell: "12", usd: "12.00" },
    { cell: "3.932700", usd: "3.9327" },
    { cell: "3.2000000000999997", usd: "3.20" },
    { cell: "6.408696558300001", usd: "6.408697" },
    { cell: "1e-3", usd: "0.001" },
  ])("reads $cell as $usd", ({ cell, usd }) => {
    const reading = readPrice(cell);
    expect(reading.status === "known" && formatUsd(reading.price)).toBe(usd);
  });

  it.each([
    { cell: undefined, reading: { status: "unknown", reason: "no price" } },
    { cell: "0.0", reading: { status: "unknown", reason: "price 0.0 means unknown" } },
    { cell: "0", reading: { status: "unknown", reason: "price 0.0 means unknown" } },
    { cell: "0.0000001", reading: { status: "unknown", reason: "price 0.0 means unknown" } },
    { cell: "-3.5", reading: { status: "malformed", reason: '"-3.5" is not a price' } },
    { cell: "free", reading: { status: "malformed", reason: '"free" is not a price' } },
    { cell: "1,50", reading: { status: "malformed", reason: '"1,50" is not a price' } },
    { cell: "1e300", reading: { status: "malformed", reason: '"1e300" is not a price' } },
  ])("takes $cell for no known price", ({ cell, reading }) => {
    expect(readPrice(cell)).toEqual(reading);
  });
});

import { describe, expect, it } from "vitest";
import { bytes, seconds } from "../units/index.ts";
import { acceleratorHoursPerFailure, dalyInterval, goodputOf } from "./goodput.ts";

describe("Daly's interval between checkpoints of 5 minutes", () => {
  it.each([
    { hours: 24, minutes: 116.7 },
    { hours: 6, minutes: 56.7 },
    { hours: 0.25, minutes: 9.14 },
  ])("$minutes minutes where a job fails every $hours hours", ({ hours, minutes }) => {
    expect(dalyInterval(seconds(300), seconds(hours * 3600)) / 60).toBeCloseTo(minutes, 1);
  });

  it("is the time between failures once a checkpoint takes twice as long", () => {
    expect(dalyInterval(seconds(3000), seconds(1000))).toBe(1000);
  });
});

describe("goodput", () => {
  it("fails every 3.09 hours on 16,384 accelerators, as Llama 3 405B did", () => {
    expect(acceleratorHoursPerFailure / 16_384).toBeCloseTo(3.09, 2);
  });

  it("of a 405B model on 16,384 stays above 90 %, as reported", () => {
    const { share } = goodputOf(16_384, bytes(14 * 405e9));
    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThan(0.97);
  });

  it("falls with the accelerators", () => {
    const shares = [8, 1024, 16_384, 100_000].map((accelerators) => goodputOf(accelerators, bytes(1e12)).share);
    expect([...shares].sort((a, b) => b - a)).toEqual(shares);
  });
});

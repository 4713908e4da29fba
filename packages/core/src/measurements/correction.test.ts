import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correctionOf, deviationOfBand, type Verdict } from "./correction.ts";

const prior = deviationOfBand([1 / 1.5, 1.5]);

const verdict = (changes: Partial<Verdict> = {}): Verdict => ({
  offset: Math.log(1.3),
  configuration: "asked",
  discrepancy: 0,
  nearness: 1,
  ...changes,
});

const many = (count: number, changes: Partial<Verdict> = {}): Verdict[] => Array.from({ length: count }, () => verdict(changes));

const anyVerdict = fc
  .record({
    offset: fc.double({ min: -20, max: 20, noNaN: true }),
    place: fc.constantFrom({ configuration: "asked", discrepancy: 0 }, { configuration: "other", discrepancy: 0.04 }),
    nearness: fc.double({ min: 0.001, max: 1, noNaN: true }),
  })
  .map(({ place, ...rest }) => ({ ...place, ...rest }));

describe("the correction of one figure", () => {
  it("is none without measurements, in the band that was there", () => {
    const { factor, bandFactor } = correctionOf([], prior);
    expect(factor).toBe(1);
    expect(bandFactor).toBeCloseTo(1.5, 10);
  });

  it("reproduces what many rows of the very configuration agree on, in a band of their repeats", () => {
    const { factor, bandFactor } = correctionOf(many(1000), prior);
    expect(factor).toBeCloseTo(1.3, 4);
    expect(bandFactor).toBeLessThan(1.07);
  });

  it("does so against any number of rows from elsewhere", () => {
    const elsewhere = many(500, { configuration: "other", discrepancy: 0.02, offset: Math.log(0.5) });
    expect(correctionOf([...many(2000), ...elsewhere], prior).factor).toBeCloseTo(1.3, 1);
  });

  it("moves further with each row that agrees, and less where rows disagree", () => {
    const factors = [1, 2, 4, 16].map((count) => correctionOf(many(count), prior).factor);
    expect(factors).toEqual(factors.toSorted((a, b) => a - b));
    expect(new Set(factors).size).toBe(4);
    const scattered = [...many(2, { offset: Math.log(1.3) + 0.5 }), ...many(2, { offset: Math.log(1.3) - 0.5 })];
    const [agreed, spread] = [correctionOf(many(4), prior), correctionOf(scattered, prior)];
    expect(spread.factor).toBeLessThan(agreed.factor);
    expect(spread.bandFactor).toBeGreaterThan(agreed.bandFactor);
  });

  it.each([
    { name: "another configuration", changes: { configuration: "other", discrepancy: 0.04 } },
    { name: "a workload far away", changes: { nearness: 0.05 } },
  ])("moves less by rows of $name", ({ changes }) => {
    expect(correctionOf([verdict(changes)], prior).factor).toBeLessThan(correctionOf([verdict()], prior).factor);
  });

  it("lets the very configuration outweigh others, however many", () => {
    const elsewhere = many(200, { configuration: "other", discrepancy: 0.04, offset: Math.log(0.7) });
    expect(correctionOf([verdict(), ...elsewhere], prior).factor).toBeGreaterThan(1.2);
  });

  it("stays within a factor of four and never widens the band of agreement beyond its rows, in any order of them", () => {
    fc.assert(
      fc.property(fc.array(anyVerdict, { minLength: 1, maxLength: 20 }), fc.integer(), (rows, seed) => {
        const { factor, bandFactor } = correctionOf(rows, prior);
        expect(factor).toBeGreaterThanOrEqual(0.25 - 1e-12);
        expect(factor).toBeLessThanOrEqual(4 + 1e-12);
        expect(bandFactor).toBeGreaterThan(1);
        const shuffled = rows.toSorted((a, b) => Math.sin(seed + a.offset * 1000) - Math.sin(seed + b.offset * 1000));
        expect(correctionOf(shuffled, prior)).toEqual({ factor, bandFactor });
      }),
    );
  });
});

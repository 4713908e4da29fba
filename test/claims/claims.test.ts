import { describe, expect, it } from "vitest";
import { contradictions } from "./contradictions.ts";
import { expectedNumbers, roughNumbers } from "./expected-numbers.ts";
import { rentAgainstOwn } from "./prices.ts";
import { sections } from "./sections.ts";
import { agrees, verdictOver } from "./verdict-over.ts";

const claims = sections.flatMap((section) => section.claims);

it("checks all 78 claims, each once and in order", () => {
  expect(claims.map(({ number }) => number)).toEqual(Array.from({ length: 78 }, (_, index) => index + 1));
});

describe.each(claims)("claim $number, $claim.en", ({ number, claim, verdict, recompute }) => {
  const { numbers, judged, figure } = recompute();

  it("has the numbers that were worked out by hand", () => {
    const [exact, rough] = [expectedNumbers[number] ?? {}, roughNumbers[number] ?? {}];
    expect(Object.keys({ ...exact, ...rough }).toSorted()).toEqual(Object.keys(numbers).toSorted());
    const off = Object.entries(numbers).filter(([name, found]) => {
      const [expected, about] = [exact[name], rough[name]];
      return expected === undefined ? !isAbout(found, about) : !agrees(found, expected, 0.001);
    });
    expect(off).toEqual([]);
  });

  it("gets its verdict from these numbers", () => {
    expect(judged).toEqual(verdict);
  });

  it("says every figure in both languages", () => {
    expect(figure.en).not.toContain("NaN");
    expect(claim.zh).toMatch(/\p{Script=Han}/u);
    expect(decimalsIn(figure.zh)).toEqual(expect.arrayContaining(decimalsIn(figure.en)));
  });
});

describe("a verdict", () => {
  it.each([
    { cases: [true, true], verdict: "right" },
    { cases: [true, false], verdict: "conditional" },
    { cases: [false, false], verdict: "wrong" },
    { cases: [undefined, true], verdict: "right" },
    { cases: [undefined], verdict: "cannot-be-checked" },
  ])("over $cases is $verdict", ({ cases, verdict }) => {
    expect(verdictOver(...cases)).toBe(verdict);
  });
});

it("finds renting cheaper than owning by the article's own numbers", () => {
  expect(rentAgainstOwn()).toEqual({ reserved: 72_000, breakEvenUse: 85_000 / 120_000 });
  expect(contradictions()[0]?.en).toContain("$72,000");
});

const isAbout = (found: number, expected: number | undefined): boolean =>
  expected !== undefined && Math.abs(found - expected) <= 0.4 * Math.abs(expected) + 0.005;

/** The numbers with a decimal point: the two languages may count months and words differently, not these. */
const decimalsIn = (text: string): string[] => text.match(/\d[\d,]*\.\d+/g) ?? [];

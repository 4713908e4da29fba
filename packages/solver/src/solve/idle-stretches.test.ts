import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longStretches, sureHours, unbroken } from "./idle-stretches.ts";

const day = (idle: readonly number[]) => Array.from({ length: 168 }, (_, hour) => idle[hour % 24] ?? 0);

describe("stretches of idle hours", () => {
  it.each([
    { name: "an hour by itself is too short", idle: day([0, 1, 0]), kept: day([]) },
    { name: "two are enough", idle: day([0, 1, 1, 0]), kept: day([0, 1, 1, 0]) },
    { name: "a second machine's hour is too short where the first one's are not", idle: day([0, 1, 2, 1]), kept: day([0, 1, 1, 1]) },
    { name: "the week goes round", idle: day([1, ...Array(22).fill(0), 1]), kept: day([1, ...Array(22).fill(0), 1]) },
    { name: "what never ends is long", idle: [2], kept: [2] },
  ])("$name", ({ idle, kept }) => {
    expect(longStretches(idle)).toEqual(kept);
  });

  it("of a job that is never interrupted are the machines that are idle in every hour", () => {
    expect(unbroken([3, 1, 2])).toEqual([1, 1, 1]);
  });
});

describe("hours of work before a deadline", () => {
  const week = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 168, maxLength: 168 });

  /** Hour by hour from every hour of the week. */
  const counted = (idle: readonly number[], hours: number): number => {
    const from = (begin: number): number => {
      let [work, before] = [0, 0];
      for (let hour = begin; hour < begin + hours; hour++) {
        const now = idle[hour % idle.length] ?? 0;
        work += now - 0.5 * Math.max(0, now - before);
        before = now;
      }
      return work;
    };
    return Math.min(...idle.map((_, begin) => from(begin)));
  };

  it("are those that exist whichever hour of the week the horizon begins in", () => {
    fc.assert(
      fc.property(week, fc.integer({ min: 1, max: 500 }), (idle, hours) => {
        expect(sureHours(idle, hours)).toBeCloseTo(counted(idle, hours), 6);
      }),
      { numRuns: 60 },
    );
  });

  it("of a constant demand are those of one hour, again and again", () => {
    expect(sureHours([2], 100)).toBe(199);
    expect(sureHours([2], 0.9)).toBe(0);
  });
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { expertsHitShare } from "./experts-hit.ts";

const deepSeek = { numExperts: 256, numExpertsPerToken: 8 };

it.each([
  { name: "one token hits its own experts", tokens: 1, expected: 8 / 256 },
  { name: "without preference 32 tokens hit 1 − (1 − k/E)³²", tokens: 32, expected: 1 - (1 - 8 / 256) ** 32 },
])("$name", ({ tokens, expected }) => {
  expect(expertsHitShare({ ...deepSeek, tokens, skew: 0 })).toBeCloseTo(expected, 10);
});

it("more tokens hit more experts, and preference never hits more than none", () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 4096, noNaN: true }), fc.double({ min: 0.01, max: 1.3, noNaN: true }), (tokens, skew) => {
      const hit = (count: number, by: number) => expertsHitShare({ ...deepSeek, tokens: count, skew: by });
      expect(hit(tokens + 1, skew)).toBeGreaterThanOrEqual(hit(tokens, skew));
      expect(hit(tokens, skew)).toBeLessThanOrEqual(hit(tokens, 0) + 1e-12);
      expect(hit(tokens, skew)).toBeLessThanOrEqual(1);
    }),
  );
});

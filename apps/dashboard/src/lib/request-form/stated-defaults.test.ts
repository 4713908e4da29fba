import { defaultEngine, defaultLimits, defaultPercentile, defaultPurchase } from "@headroom/core";
import { expect, it } from "vitest";
import { shiftPoint } from "./decimal-text.ts";
import { horizonInWords } from "./horizon-in-words.ts";
import { statedDefaults } from "./stated-defaults.ts";

it("says the defaults that the planner has", () => {
  expect(statedDefaults).toEqual({
    gpuMemoryUtilization: String(defaultEngine.gpuMemoryUtilization),
    maxNumSeqs: String(defaultEngine.maxNumSeqs),
    maxNumBatchedTokens: String(defaultEngine.maxNumBatchedTokens),
    percentile: String(defaultPercentile),
    spotMaxSharePercent: shiftPoint(String(defaultPurchase.spotMaxShare), 2),
    horizonHours: String(defaultPurchase.horizonHours),
    gapPercent: shiftPoint(String(defaultLimits.gap), 2),
    timeLimitSeconds: String(defaultLimits.timeLimitSeconds),
  });
});

it.each([
  [undefined, "12 months of 730 hours"],
  ["730", "1 month of 730 hours"],
  ["26,280", "36 months of 730 hours"],
  ["soon", "A month has 730 hours"],
])("says how long %s hours are", (typed, words) => {
  expect(horizonInWords(typed)).toBe(words);
});

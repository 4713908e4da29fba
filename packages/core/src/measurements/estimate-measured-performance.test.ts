import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimatePerformance, type PerformanceEstimate, performanceEstimate } from "../performance/index.ts";
import type { PerformanceRequest } from "../request/performance-request.ts";
import type { Outcome } from "../units/index.ts";
import { estimateMeasuredPerformance } from "./estimate-measured-performance.ts";
import type { Measurement } from "./measurement.ts";

const model = "meta-llama/Llama-3.1-8B";

const request = (
  changes: Partial<PerformanceRequest> = {},
  workload: Partial<PerformanceRequest["workload"]> = {},
): PerformanceRequest => ({
  model: { id: model },
  accelerator: { id: "h100-sxm" },
  ...changes,
  workload: { islTokens: 1000, oslTokens: 200, ...(Object.keys(workload).length > 0 ? workload : { concurrency: 16 }) },
});

const measured = (changes: Partial<Measurement> = {}): Measurement => ({
  model,
  accelerator: "h100-sxm",
  engine: { name: "vllm" },
  layout: {},
  precision: {},
  islTokens: 1000,
  oslTokens: 200,
  concurrency: 16,
  ttftMs: 90,
  tpotMs: 11,
  outputTokensPerSecond: 1300,
  source: "vllm-bench-serve",
  ...changes,
});

const answered = (outcome: Outcome<PerformanceEstimate>): PerformanceEstimate => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

const plain = (asked = request()) => answered(estimatePerformance(asked));
const answer = (measurements: readonly Measurement[], asked = request()) => answered(estimateMeasuredPerformance(asked, measurements));
const width = ([low, high]: readonly [number, number]) => high / low;

describe("an estimate with measurements", () => {
  it("is the estimate itself without any of its model and accelerator", () => {
    const others = [measured({ model: "Qwen/Qwen3-8B" }), measured({ accelerator: "l40s" })];
    for (const rows of [[], others]) expect(answer(rows)).toEqual(plain());
  });

  it("reproduces a run that was measured many times, is called measured and keeps the contract's shape", () => {
    const run = { tpotMs: plain().tpotMs.mean * 1.3, ttftMs: (plain().ttftMs?.mean ?? 0) * 0.8 };
    const rows = Array.from({ length: 200 }, () => measured({ ...run, outputTokensPerSecond: plain().outputTokensPerSecond * 0.9 }));
    const corrected = answer(rows);
    expect(performanceEstimate.parse(corrected).source).toBe("measured");
    expect(corrected.tpotMs.mean / run.tpotMs).toBeCloseTo(1, 3);
    expect((corrected.ttftMs?.mean ?? 0) / run.ttftMs).toBeCloseTo(1, 3);
    expect(corrected.outputTokensPerSecond / (plain().outputTokensPerSecond * 0.9)).toBeCloseTo(1, 3);
    expect(corrected.assumptions).toMatchObject({ measurements: 200, measurementsOfThisConfiguration: 200 });
    expect(width(corrected.interval.tpotMs)).toBeLessThan(1.2);
  });

  it("moves the request's latency with its parts, and leaves the parts of a step as computed", () => {
    const corrected = answer([measured({ tpotMs: plain().tpotMs.mean * 2, ttftMs: plain().ttftMs?.mean })]);
    const slower = (corrected.requestLatencyMs?.mean ?? 0) / (plain().requestLatencyMs?.mean ?? 1);
    expect(slower).toBeGreaterThan(1.5);
    expect(slower).toBeLessThan(corrected.tpotMs.mean / plain().tpotMs.mean);
    expect(corrected.timeParts).toEqual(plain().timeParts);
  });

  it.each([
    { name: "the same run by the accelerator's alias", asked: request({ accelerator: { id: "H100" } }), source: "measured" },
    { name: "lengths a tenth longer", asked: request({}, { islTokens: 1100, oslTokens: 220, concurrency: 17 }), source: "measured" },
    { name: "twice the concurrency", asked: request({}, { concurrency: 32 }), source: "interpolated" },
    { name: "twice the prompt", asked: request({}, { islTokens: 2000, concurrency: 16 }), source: "interpolated" },
    { name: "half of the prompt cached", asked: request({}, { prefixHitShare: 0.5, concurrency: 16 }), source: "interpolated" },
    { name: "another layout", asked: request({ layout: { tensorParallelSize: 2 } }), source: "interpolated" },
    { name: "another precision", asked: request({ precision: { weights: "fp8" } }), source: "interpolated" },
    { name: "another engine", asked: request({ engine: { name: "sglang" } }), source: "interpolated" },
    { name: "as many as fit", asked: request({}, { islTokens: 1000 }), source: "interpolated" },
  ])("is $source for $name", ({ asked, source }) => {
    expect(answer([measured()], asked).source).toBe(source);
  });

  it("moves less the further the question is from what was measured", () => {
    const rows = [measured({ tpotMs: plain().tpotMs.mean * 1.5 })];
    const factorAt = (asked: PerformanceRequest) => answer(rows, asked).tpotMs.mean / plain(asked).tpotMs.mean;
    const factors = [
      request(),
      request({}, { concurrency: 64 }),
      request({ layout: { tensorParallelSize: 2 }, engine: { name: "sglang" } }, { concurrency: 64 }),
    ].map(factorAt);
    expect(factors).toEqual(factors.toSorted((a, b) => b - a));
    expect(factors[2]).toBeGreaterThan(1);
  });

  it("does not doubt that a replica which keeps up with a rate puts out the rate", () => {
    const asked = request({}, { requestRatePerSecond: 2 });
    const rows = [
      measured({ outputTokensPerSecond: 300 }),
      measured({ concurrency: undefined, requestRatePerSecond: 2, outputTokensPerSecond: 300 }),
    ];
    expect(answer(rows, asked).outputTokensPerSecond).toBe(plain(asked).outputTokensPerSecond);
    expect(answer(rows, asked).source).toBe("measured");
  });

  it("passes over a run that cannot have been, and refuses what is refused without measurements", () => {
    expect(answer([measured({ layout: { tensorParallelSize: 5 } }), measured({ islTokens: 9_000_000 })])).toEqual(plain());
    expect(estimateMeasuredPerformance(request({ model: { id: "none" } }), [measured()]).ok).toBe(false);
  });

  it("never widens a band, stays positive, and does not depend on the order of measurements", () => {
    const runs = fc.array(
      fc.record({
        tpotMs: fc.double({ min: 0.01, max: 1e4, noNaN: true }),
        ttftMs: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
        outputTokensPerSecond: fc.double({ min: 0.1, max: 1e6, noNaN: true }),
        concurrency: fc.integer({ min: 1, max: 512 }),
        layout: fc.constantFrom({}, { tensorParallelSize: 2 }),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(runs, (changes) => {
        const rows = changes.map(measured);
        const corrected = answer(rows);
        expect(performanceEstimate.safeParse(corrected).success).toBe(true);
        expect(answer(rows.toReversed())).toEqual(corrected);
        for (const figure of ["tpotMs", "outputTokensPerSecond"] as const)
          expect(width(corrected.interval[figure])).toBeLessThanOrEqual(width(plain().interval[figure]) * (1 + 1e-3));
        expect(corrected.tpotMs.mean).toBeGreaterThanOrEqual(plain().tpotMs.mean / 4.001);
        expect(corrected.tpotMs.mean).toBeLessThanOrEqual(plain().tpotMs.mean * 4.001);
      }),
      { numRuns: 50 },
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accelerators } from "../hardware/index.ts";
import type { PerformanceRequest } from "../request/performance-request.ts";
import { bytesPerSecond } from "../units/index.ts";
import { servingCoefficients } from "./data/serving-coefficients.ts";
import { estimatePerformance } from "./estimate-performance.ts";
import { performanceEstimate } from "./performance-estimate.ts";
import { prepareServing } from "./prepare-serving.ts";
import { settleServing } from "./settle-serving.ts";

const request = (change: Partial<PerformanceRequest> = {}, workload: Partial<PerformanceRequest["workload"]> = {}): PerformanceRequest => ({
  model: { id: "meta-llama/Llama-3.1-8B" },
  accelerator: { id: "h100" },
  ...change,
  workload: { islTokens: 1024, oslTokens: 256, ...workload },
});

const answerTo = (asked: PerformanceRequest) => {
  const outcome = estimatePerformance(asked);
  if (!outcome.ok) throw new Error(outcome.errors.map(({ detail }) => detail).join());
  return outcome.value;
};

const models = fc.constantFrom(
  { model: { id: "meta-llama/Llama-3.1-8B" }, layout: { tensorParallelSize: 1 } },
  { model: { id: "meta-llama/Llama-3.1-70B" }, layout: { tensorParallelSize: 4 } },
  { model: { id: "Qwen/Qwen3-30B-A3B" }, layout: { tensorParallelSize: 2 } },
  { model: { id: "deepseek-ai/DeepSeek-V3" }, layout: { dataParallelSize: 8, expertParallel: true } },
);
const chips = fc.constantFrom("h200", "b200", "mi300x");

it("answers in the shape of the contract for every kind of load", () => {
  for (const load of [{}, { concurrency: 16 }, { requestRatePerSecond: 2, burstiness: 2 }]) {
    expect(performanceEstimate.safeParse(answerTo(request({}, load))).success).toBe(true);
  }
});

describe("physics", () => {
  it("is never above the roofline: weights are read once a step, tokens cost 2 FLOPs a parameter", () => {
    fc.assert(
      fc.property(chips, fc.integer({ min: 1, max: 256 }), (id, concurrency) => {
        const { tpotMs, totalTokensPerSecondPerAccelerator } = answerTo(request({ accelerator: { id } }, { concurrency }));
        const bandwidth = { h200: 4.8e12, b200: 8e12, mi300x: 5.3e12 }[id] ?? 0;
        const peak = { h200: 989e12, b200: 2250e12, mi300x: 1307e12 }[id] ?? 0;
        expect(tpotMs.mean).toBeGreaterThan(((7.5e9 * 2) / bandwidth) * 1000);
        expect(totalTokensPerSecondPerAccelerator).toBeLessThan(peak / (2 * 7.5e9));
      }),
    );
  });

  it("more concurrency never lowers throughput, nor the time per token", () => {
    fc.assert(
      fc.property(models, chips, fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 56 }), (replica, id, concurrency, more) => {
        const at = (clients: number) => answerTo(request({ ...replica, accelerator: { id } }, { concurrency: clients }));
        const [less, greater] = [at(concurrency), at(concurrency + more)];
        expect(greater.outputTokensPerSecond).toBeGreaterThanOrEqual(less.outputTokensPerSecond * (1 - 1e-6));
        expect(greater.tpotMs.mean).toBeGreaterThanOrEqual(less.tpotMs.mean * (1 - 1e-6));
      }),
    );
  });

  it("a longer prompt never shortens the time to the first token", () => {
    fc.assert(
      fc.property(models, chips, fc.integer({ min: 1, max: 8000 }), fc.integer({ min: 1, max: 8000 }), (replica, id, islTokens, more) => {
        const at = (tokens: number) =>
          answerTo(request({ ...replica, accelerator: { id } }, { islTokens: tokens, concurrency: 4 })).ttftMs?.mean ?? 0;
        expect(at(islTokens + more)).toBeGreaterThanOrEqual(at(islTokens) * (1 - 1e-6));
      }),
    );
  });

  it("percentiles come in order", () => {
    fc.assert(
      fc.property(models, chips, fc.integer({ min: 1, max: 300 }), (replica, id, concurrency) => {
        const { ttftMs, tpotMs } = answerTo(request({ ...replica, accelerator: { id } }, { concurrency }));
        for (const statistic of [ttftMs, tpotMs]) {
          expect(statistic?.p50).toBeLessThanOrEqual(statistic?.p95 ?? 0);
          expect(statistic?.p95).toBeLessThanOrEqual(statistic?.p99 ?? 0);
        }
      }),
    );
  });
});

describe("loads", () => {
  it("an open loop settles at its own rate", () => {
    expect(answerTo(request({}, { requestRatePerSecond: 3 })).requestsPerSecond).toBeCloseTo(3, 2);
  });

  it("an open loop above the ceiling has no steady time to first token", () => {
    const { ttftMs, bottleneck } = answerTo(request({}, { requestRatePerSecond: 1e6 }));
    expect([ttftMs, bottleneck]).toEqual([null, "queueing"]);
  });

  it("clients beyond what runs wait for their turn", () => {
    const { maxConcurrency, ttftMs } = answerTo(request({ engine: { maxNumSeqs: 8 } }, { concurrency: 80 }));
    expect(maxConcurrency).toBe(8);
    expect(ttftMs?.mean).toBeGreaterThan(1000);
  });

  it("a small cache caps what runs at once", () => {
    const { bottleneck, maxConcurrency } = answerTo(
      request({ accelerator: { id: "l4" }, model: { id: "Qwen/Qwen3-8B" } }, { islTokens: 4000 }),
    );
    expect([bottleneck, maxConcurrency]).toEqual(["kv-capacity", expect.any(Number)]);
    expect(maxConcurrency).toBeLessThan(10);
  });
});

describe("options", () => {
  const deepSeek = (change: Partial<PerformanceRequest> = {}, workload: Partial<PerformanceRequest["workload"]> = {}) =>
    request(
      { model: { id: "deepseek-ai/DeepSeek-R1" }, accelerator: { id: "h200" }, layout: { tensorParallelSize: 8 }, ...change },
      workload,
    );

  it("accepted drafts shorten the time per token, rejected ones lengthen it", () => {
    const [none, good, bad] = [undefined, { draftTokens: 2, acceptance: 0.8 }, { draftTokens: 2, acceptance: 0 }].map(
      (speculative) => answerTo(deepSeek(speculative ? { speculative } : {}, { concurrency: 4 })).tpotMs.mean,
    );
    expect(good).toBeLessThan(none ?? 0);
    expect(bad).toBeGreaterThan(none ?? 0);
  });

  it("experts in host memory are bounded by its link, and the answer says it is not worth it", () => {
    const [onChip, onHost] = [0, 0.5].map((experts) => answerTo(deepSeek({ engine: { hostOffload: { experts } } }, { concurrency: 4 })));
    expect(onHost?.tpotMs.mean).toBeGreaterThan(3 * (onChip?.tpotMs.mean ?? 0));
    expect(onHost?.assumptions.hostOffload).toMatch(/not worth it/);
  });

  it("two pools: prompts no longer lengthen tokens, and the slower pool bounds the rate", () => {
    const pools = (replicas: number) => ({
      prefill: { layout: { tensorParallelSize: 8 }, replicas },
      decode: { layout: { tensorParallelSize: 8 }, replicas: 2 },
    });
    const long = { islTokens: 4000, oslTokens: 500 };
    const together = answerTo(deepSeek({}, { ...long, concurrency: 32 }));
    const apart = answerTo(deepSeek({ disaggregated: pools(2) }, { ...long, concurrency: 64 }));
    expect(apart.accelerators).toBe(32);
    expect(apart.tpotMs.mean).toBeLessThan(together.tpotMs.mean);
    const [one, four] = [1, 4].map((replicas) => answerTo(deepSeek({ disaggregated: pools(replicas) }, long)).requestsPerSecond);
    expect(one).toBeLessThan(four ?? 0);
  });

  it("more bandwidth is never slower", () => {
    const factor = fc.double({ min: 1, max: 4, noNaN: true });
    fc.assert(
      fc.property(models, chips, factor, fc.integer({ min: 1, max: 128 }), (replica, id, faster, concurrency) => {
        const prepared = prepareServing(request({ ...replica, accelerator: { id } }, { concurrency }));
        if (!prepared.ok) throw new Error("is prepared");
        const { site } = prepared.value;
        const at = (times: number) => {
          const memoryBandwidth = bytesPerSecond(site.hardware.accelerator.memoryBandwidth * times);
          const hardware = { ...site.hardware, accelerator: { ...site.hardware.accelerator, memoryBandwidth } };
          return settleServing({ ...prepared.value, site: { ...site, hardware } }, servingCoefficients).steady.point;
        };
        expect(at(faster).tpotSeconds).toBeLessThanOrEqual(at(1).tpotSeconds * (1 + 1e-6));
        expect(at(faster).requestRate).toBeGreaterThanOrEqual(at(1).requestRate * (1 - 1e-6));
      }),
    );
  });

  it.each(accelerators.map(({ id }) => ({ id })))("$id gets an estimate with a band and its reason", ({ id }) => {
    const asked = request({ accelerator: { id }, model: { id: "Qwen/Qwen3-0.6B" } }, { islTokens: 100, oslTokens: 100, concurrency: 1 });
    const { tpotMs, interval, assumptions } = answerTo(asked);
    expect(tpotMs.mean).toBeGreaterThan(0);
    expect(interval.tpotMs[0]).toBeLessThan(interval.tpotMs[1]);
    expect(assumptions.interval).not.toBe("");
  });
});

describe("refusals name the field", () => {
  it.each([
    { name: "a model that does not fit", asked: request({ model: { id: "deepseek-ai/DeepSeek-V3" } }), pointer: "/accelerator" },
    { name: "a format the chip does not run", asked: request({ precision: { weights: "nvfp4" } }), pointer: "/precision/weights" },
    {
      name: "an engine the chip does not run",
      asked: request({ engine: { name: "tensorrt-llm" }, accelerator: { id: "mi300x" } }),
      pointer: "/engine/name",
    },
    { name: "tokens beyond maxModelLen", asked: request({ engine: { maxModelLen: 100 } }), pointer: "/workload" },
  ])("$name", ({ asked, pointer }) => {
    expect(estimatePerformance(asked)).toMatchObject({ ok: false, errors: [{ pointer }] });
  });
});

/** Public closed-loop runs (InferenceX, 1K/1K at 0.9 of nominal, no speculative decoding). */
it.each([
  { concurrency: 4, measuredMs: 10.29 },
  { concurrency: 16, measuredMs: 16.63 },
  { concurrency: 64, measuredMs: 32.99 },
])(
  "DeepSeek-R1 FP8 on 8 × H200 with SGLang 0.5.9 at $concurrency clients is within 25 % of $measuredMs ms a token",
  ({ concurrency, measuredMs }) => {
    const asked = request(
      {
        model: { id: "deepseek-ai/DeepSeek-R1" },
        accelerator: { id: "h200" },
        layout: { tensorParallelSize: 8 },
        engine: { name: "sglang", version: "0.5.9" },
      },
      { islTokens: 922, oslTokens: 922, concurrency },
    );
    expect(Math.abs(answerTo(asked).tpotMs.mean / measuredMs - 1)).toBeLessThan(0.25);
  },
);

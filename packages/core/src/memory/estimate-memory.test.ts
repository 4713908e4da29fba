import { describe, expect, it } from "vitest";
import type { MemoryRequest } from "../request/memory-request.ts";
import { estimateMemory } from "./estimate-memory.ts";
import { memoryEstimate } from "./memory-estimate.ts";

const answerTo = (request: MemoryRequest) => {
  const outcome = estimateMemory(request);
  if (!outcome.ok) throw new Error(outcome.errors.map(({ detail }) => detail).join());
  return outcome.value;
};

const deepSeek = { model: { id: "deepseek-ai/DeepSeek-V3" }, layout: { tensorParallelSize: 8 }, engine: { maxModelLen: 2048 } };

it("answers in the shape of the contract", () => {
  expect(memoryEstimate.safeParse(answerTo({ ...deepSeek, accelerator: { id: "h200" } })).success).toBe(true);
});

it("without an accelerator: parameters and bytes only", () => {
  const answer = answerTo({ model: { id: "meta-llama/Llama-3.1-8B" } });
  expect(answer.perAccelerator).toBeUndefined();
  expect(answer.weightsGib).toBeCloseTo(14.958, 2);
});

describe("verdicts", () => {
  it.each([
    { name: "8 × H200 hold DeepSeek-V3", request: { ...deepSeek, accelerator: { id: "h200" } }, verdict: "fits" },
    { name: "8 × H100 do not", request: { ...deepSeek, accelerator: { id: "h100" } }, verdict: "does-not-fit" },
    {
      name: "a GPU a hair too small is marginal",
      request: { ...deepSeek, accelerator: { id: "h100", memoryGib: 97 } },
      verdict: "marginal",
    },
    {
      name: "more users than the cache holds do not fit",
      request: { ...deepSeek, accelerator: { id: "h200" }, concurrency: 100_000 },
      verdict: "does-not-fit",
    },
  ])("$name", ({ request, verdict }) => {
    expect(answerTo(request).verdict).toBe(verdict);
  });

  it("say how much is missing", () => {
    expect(answerTo({ ...deepSeek, accelerator: { id: "h100" } }).reasons).toEqual([
      "weights and overhead exceed the budget by 14.3 GiB on each accelerator",
    ]);
  });
});

describe("refusals name the field", () => {
  it.each([
    { name: "an unknown model", request: { model: { id: "deepseek-ai/DeepSeek-V9" } }, pointer: "/model/id" },
    { name: "an unknown accelerator", request: { ...deepSeek, accelerator: { id: "h900" } }, pointer: "/accelerator/id" },
    {
      name: "ranks that do not divide the heads",
      request: { ...deepSeek, layout: { tensorParallelSize: 7 } },
      pointer: "/layout/tensorParallelSize",
    },
    {
      name: "more stages than layers",
      request: { ...deepSeek, layout: { pipelineParallelSize: 62 } },
      pointer: "/layout/pipelineParallelSize",
    },
    {
      name: "context parallelism where no two ranks hold the same cache",
      request: { model: { id: "Qwen/Qwen3-32B" }, layout: { tensorParallelSize: 8, contextParallelSize: 2 } },
      pointer: "/layout/contextParallelSize",
    },
    {
      name: "a packed latent cache without a latent",
      request: { model: { id: "Qwen/Qwen3-8B" }, precision: { kvCache: "fp8-ds-mla" as const } },
      pointer: "/precision/kvCache",
    },
    {
      name: "a question that needs an accelerator",
      request: { model: { id: "Qwen/Qwen3-8B" }, solveFor: "max-context" as const },
      pointer: "/accelerator",
    },
    {
      name: "expert parallelism without experts",
      request: { model: { id: "Qwen/Qwen3-8B" }, layout: { expertParallel: true } },
      pointer: "/layout/expertParallel",
    },
  ])("$name", ({ request, pointer }) => {
    expect(estimateMemory(request)).toMatchObject({ ok: false, errors: [{ pointer }] });
  });
});

it("without an accelerator says which would do", () => {
  const { answer } = answerTo({ model: { id: "Qwen/Qwen3-8B" }, engine: { maxModelLen: 8192 }, solveFor: "accelerators" });
  expect(answer?.accelerators?.map(({ id }) => id)).toContain("l4");
});

it("shares of the memory add up to all of it", () => {
  const { shares } = answerTo({ model: { id: "Qwen/Qwen3-8B" }, accelerator: { id: "h100" } });
  expect(Object.values(shares ?? {}).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 3);
});

it("memory on both sides: offloaded experts and cache stand under host", () => {
  const engine = { maxModelLen: 8192, hostOffload: { experts: 0.5, kvCache: 0.2 } };
  const model = { id: "Qwen/Qwen3-30B-A3B" };
  const { host, perAccelerator, kvCache } = answerTo({ model, accelerator: { id: "h100" }, engine });
  const whole = answerTo({ model, accelerator: { id: "h100" }, engine: { maxModelLen: 8192 } });
  expect((host?.weightsGib ?? 0) + (perAccelerator?.weightsGib ?? 0)).toBeCloseTo(whole.perAccelerator?.weightsGib ?? 0, 4);
  expect(host?.kvCacheGib).toBeCloseTo((perAccelerator?.kvCacheGib ?? 0) / 4, 4);
  expect(kvCache?.bytesPerTokenPerAccelerator).toBeCloseTo((whole.kvCache?.bytesPerTokenPerAccelerator ?? 0) * 0.8, 4);
});

it("says what a reserve costs", () => {
  const model = { id: "Qwen/Qwen3-8B" };
  const { reserved } = answerTo({ model, accelerator: { id: "h100" }, reserve: { memoryShare: 0.15 } });
  expect(reserved?.memoryGib).toBeCloseTo(11.88, 2);
  expect(reserved?.maxConcurrencyLost).toBeGreaterThan(0);
});

describe("rules of thumb", () => {
  it.each([
    { name: "activated parameters are off by 18 times", rule: "activatedParametersTimesBytes", factor: 0.056 },
    { name: "parameters times bytes is right within a percent", rule: "parametersTimesBytes", factor: 0.997 },
    { name: "a latent cache is a third of keys and values", rule: "keysAndValuesOfHiddenSize", factor: 3.111 },
  ])("$name: DeepSeek-V3", ({ rule, factor }) => {
    expect(answerTo({ ...deepSeek, accelerator: { id: "h200" } }).ruleOfThumb?.[rule]?.offByFactor).toBeCloseTo(factor, 3);
  });
});

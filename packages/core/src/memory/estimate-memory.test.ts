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
      request: { ...deepSeek, accelerator: { id: "h100", memoryGib: 92.2 } },
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
      "weights and overhead exceed the budget by 11.6 GiB on each accelerator",
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
      name: "expert parallelism without experts",
      request: { model: { id: "Qwen/Qwen3-8B" }, layout: { expertParallel: true } },
      pointer: "/layout/expertParallel",
    },
  ])("$name", ({ request, pointer }) => {
    expect(estimateMemory(request)).toMatchObject({ ok: false, errors: [{ pointer }] });
  });
});

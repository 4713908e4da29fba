import { describe, expect, it } from "vitest";
import { estimateMemory, type MemoryEstimate, memoryEstimate } from "../memory/index.ts";
import type { MemoryRequest } from "../request/memory-request.ts";
import { memoryWithSpeedCosts } from "./memory-with-speed-costs.ts";

const answerTo = (request: MemoryRequest): MemoryEstimate => {
  const outcome = memoryWithSpeedCosts(request);
  if (!outcome.ok) throw new Error(outcome.errors.map(({ detail }) => detail).join());
  return outcome.value;
};

const deepSeek: MemoryRequest = {
  model: { id: "deepseek-ai/DeepSeek-V3" },
  accelerator: { id: "h100" },
  layout: { tensorParallelSize: 8 },
  engine: { maxModelLen: 8192 },
  concurrency: 8,
};

const costOf = (change: string, request = deepSeek): number | undefined =>
  answerTo(request).remedies?.find((remedy) => remedy.change === change)?.speedCost;

describe("what a remedy costs in output tokens per second and accelerator", () => {
  it.each([
    { name: "twice the ranks for the same requests cost", change: "tensorParallelSize 16", low: 0.1, high: 0.8 },
    { name: "twice the stages cost", change: "pipelineParallelSize 2", low: 0.1, high: 0.8 },
    { name: "half of the experts behind the host's link cost most of it", change: "half of the experts in host memory", low: 0.6, high: 1 },
    { name: "fewer bits to read are a gain", change: "weights in int4", low: -1, high: -0.01 },
    { name: "a shorter context by itself costs nothing", change: "maxModelLen 1024", low: 0, high: 0 },
    { name: "prompts in smaller pieces cost a little", change: "maxNumSeqs 256, maxNumBatchedTokens 2048", low: 0, high: 0.1 },
  ])("$name", ({ change, low, high }) => {
    const cost = costOf(change);
    expect(cost).toBeGreaterThanOrEqual(low);
    expect(cost).toBeLessThanOrEqual(high);
  });

  it("fewer requests at once are fewer tokens", () => {
    const qwen = { model: { id: "Qwen/Qwen3-32B" }, accelerator: { id: "h100" }, engine: { maxModelLen: 4096 }, concurrency: 8 };
    expect(costOf("concurrency 3", qwen)).toBeGreaterThan(0.3);
  });

  it("is absent where the engine cannot run what was asked", () => {
    const { remedies, assumptions } = answerTo({ ...deepSeek, engine: { name: "tensorrt-llm" }, accelerator: { id: "mi250x" } });
    expect(remedies?.length).toBeGreaterThan(0);
    expect(remedies?.every(({ speedCost }) => speedCost === undefined)).toBe(true);
    expect(assumptions).not.toHaveProperty("speedCost");
  });
});

it("what fits comes first, and of that what costs the least speed", () => {
  const fitting = (answerTo(deepSeek).remedies ?? []).filter(({ verdict }) => verdict === "fits");
  const costs = fitting.map(({ speedCost }) => speedCost ?? 2);
  expect(costs.length).toBeGreaterThan(2);
  expect(costs).toEqual(costs.toSorted((a, b) => a - b));
  expect(answerTo(deepSeek).remedies?.slice(0, fitting.length)).toEqual(fitting);
});

it("says what was compared, in the shape of the contract", () => {
  const answer = answerTo(deepSeek);
  expect(memoryEstimate.safeParse(answer).error).toBeUndefined();
  expect(answer.assumptions.speedCost).toContain("8 requests in flight, 4096 tokens of prompt and 4096 of answer each");
});

it("changes nothing else in the estimate", () => {
  const { remedies: _, assumptions, ...rest } = answerTo(deepSeek);
  const plain = estimateMemory(deepSeek);
  expect(plain.ok && plain.value).toMatchObject(rest);
  expect(plain.ok && { ...plain.value.assumptions, speedCost: assumptions.speedCost }).toEqual(assumptions);
});

it("a layout that fits is answered as the memory stage does, and a refusal as well", () => {
  for (const request of [
    { ...deepSeek, accelerator: { id: "h200" } },
    { ...deepSeek, layout: { tensorParallelSize: 7 } },
  ])
    expect(memoryWithSpeedCosts(request)).toEqual(estimateMemory(request));
});

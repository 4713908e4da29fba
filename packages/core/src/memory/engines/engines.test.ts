import { describe, expect, it } from "vitest";
import type { EngineRequest } from "../../request/engine.ts";
import { estimateMemory } from "../estimate-memory.ts";

const partsOf = (engine: EngineRequest, accelerator = "h100", id = "meta-llama/Llama-3.1-8B") => {
  const outcome = estimateMemory({ model: { id }, accelerator: { id: accelerator }, engine: { maxModelLen: 16_000, ...engine } });
  if (!outcome.ok || !outcome.value.perAccelerator) throw new Error("the case is understood");
  return { ...outcome.value.perAccelerator, assumptions: outcome.value.assumptions };
};

describe("vLLM by release: the sampler decides the activation peak", () => {
  it("0.11 sorts the vocabulary of 1024 sequences: 4.76 GiB measured", () => {
    expect(partsOf({ version: "0.11" }).activationGib).toBeCloseTo(4.76, 1);
  });

  it.each([
    { name: "FlashInfer before 0.11 takes less", less: "0.10", more: "0.11" },
    { name: "Triton from 0.17 takes less", less: "0.17", more: "0.16" },
    { name: "a release that is not stated counts as the one that takes most", less: "0.27", more: undefined },
  ])("$name", ({ less, more }) => {
    expect(partsOf({ version: less }).activationGib).toBeLessThan(partsOf(more ? { version: more } : {}).activationGib);
  });

  it("graphs count inside the fraction from 0.21, whose default rises to 0.92", () => {
    const [before, after] = [partsOf({ version: "0.20" }), partsOf({ version: "0.21" })];
    expect(before.assumptions.outsideTheBudget).toBe("captured graphs");
    expect(after.runtimeGib).toBeGreaterThan(before.runtimeGib);
    expect([before.assumptions.gpuMemoryUtilization, after.assumptions.gpuMemoryUtilization]).toEqual([0.9, 0.92]);
    expect(partsOf({ version: "0.21", enforceEager: true }).runtimeGib).toBe(before.runtimeGib);
  });

  it("before V1 a whole prompt is one batch", () => {
    expect(partsOf({ version: "0.6" }).assumptions).toMatchObject({ maxNumBatchedTokens: 16_000, maxNumSeqs: 256 });
  });
});

it.each([
  { name: "large Hopper: 8192 tokens, 1024 sequences", accelerator: "h100", tokens: 8192, sequences: 1024 },
  { name: "A100 is left out by name", accelerator: "a100-80gb", tokens: 2048, sequences: 256 },
  { name: "small chips", accelerator: "l4", tokens: 2048, sequences: 256 },
])("vLLM's own limits on $name", ({ accelerator, tokens, sequences }) => {
  expect(partsOf({ version: "0.11" }, accelerator).assumptions).toMatchObject({ maxNumBatchedTokens: tokens, maxNumSeqs: sequences });
});

it("SGLang's static share follows the memory, and says what lies beyond it", () => {
  const { assumptions } = partsOf({ name: "sglang" }, "h100");
  expect(assumptions.gpuMemoryUtilization).toBeCloseTo(0.833, 2);
  expect(assumptions.outsideTheBudget).toBe("activations and captured graphs");
});

it("data ranks that share experts need exchange buffers: 1.78 GiB for DeepSeek-V3", () => {
  const runtime = (dataParallelSize: number, expertParallel: boolean) => {
    const model = { id: "deepseek-ai/DeepSeek-V3" };
    const outcome = estimateMemory({
      model,
      accelerator: { id: "b200" },
      layout: { dataParallelSize, expertParallel },
      engine: { maxModelLen: 2048 },
    });
    return (outcome.ok && outcome.value.perAccelerator?.runtimeGib) || 0;
  };
  expect(runtime(8, true) - runtime(8, false)).toBeCloseTo(1.78, 2);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findAccelerator } from "../hardware/index.ts";
import { findBundledModel } from "../model/index.ts";
import { gib, toGib } from "../units/index.ts";
import { type InferenceMemory, inferenceMemory } from "./inference-memory.ts";
import { resolveEngine } from "./resolve-engine.ts";
import { type ParallelLayout, singleAccelerator } from "./resolve-layout.ts";
import { resolvePrecision } from "./resolve-precision.ts";

interface Case {
  readonly id?: string;
  readonly accelerator?: string;
  readonly layout?: Partial<ParallelLayout>;
  readonly engine?: Parameters<typeof resolveEngine>[0];
  readonly precision?: Parameters<typeof resolvePrecision>[1];
  readonly reserveShare?: number;
}

const memoryOf = ({
  id = "meta-llama/Llama-3.1-8B",
  accelerator = "h100",
  layout = {},
  engine,
  precision,
  reserveShare = 0,
}: Case): InferenceMemory => {
  const model = findBundledModel(id);
  const chip = findAccelerator(accelerator);
  if (!model.ok || !chip.ok) throw new Error("the case names things that exist");
  return inferenceMemory({
    model: model.value,
    precision: resolvePrecision(model.value, precision),
    layout: { ...singleAccelerator, ...layout },
    engine: resolveEngine(engine, model.value),
    visibleBytes: chip.value.visibleBytes,
    family: chip.value.family,
    reserveShare,
  });
};

describe("weights", () => {
  it.each([
    { name: "Llama 3.1 8B on one GPU is 14.96 GiB", memory: { id: "meta-llama/Llama-3.1-8B" }, weightsGib: 14.958 },
    {
      name: "175B-class tensor parallelism divides what can be divided",
      memory: { id: "meta-llama/Llama-3.1-405B", layout: { tensorParallelSize: 8 } },
      weightsGib: 94.497,
    },
    {
      name: "DeepSeek-V3 in its own FP8 over 8 ranks",
      memory: { id: "deepseek-ai/DeepSeek-V3", layout: { tensorParallelSize: 8 } },
      weightsGib: 79.293,
    },
    {
      name: "DeepSeek-V3 with replicated attention and spread experts",
      memory: { id: "deepseek-ai/DeepSeek-V3", layout: { dataParallelSize: 8, expertParallel: true } },
      weightsGib: 93.915,
    },
    {
      name: "bf16 doubles an FP8 model",
      memory: { id: "deepseek-ai/DeepSeek-V3", layout: { tensorParallelSize: 8 }, precision: { weights: "bf16" as const } },
      weightsGib: 157.916,
    },
  ])("$name", ({ memory, weightsGib }) => {
    expect(toGib(memoryOf(memory).weightsBytes)).toBeCloseTo(weightsGib, 2);
  });

  it("all experts are resident: DeepSeek-V3 does not shrink to its active parameters", () => {
    const { weightsBytes } = memoryOf({ id: "deepseek-ai/DeepSeek-V3", layout: { tensorParallelSize: 8 } });
    expect(weightsBytes * 8).toBeGreaterThan(17 * 37e9);
  });

  it("a pipeline's stages hold the model once between them", () => {
    const one = memoryOf({ id: "meta-llama/Llama-3.1-70B", accelerator: "mi300x" });
    const first = memoryOf({ id: "meta-llama/Llama-3.1-70B", accelerator: "mi300x", layout: { pipelineParallelSize: 4 } });
    expect(first.weightsBytes * 4).toBeGreaterThan(one.weightsBytes * 0.99);
    expect(first.weightsBytes * 4).toBeLessThan(one.weightsBytes * 1.06);
  });
});

describe("the parts of one accelerator", () => {
  const layouts = fc.record({ tensorParallelSize: fc.constantFrom(1, 2, 4, 8), pipelineParallelSize: fc.constantFrom(1, 2, 3) });
  const engines = fc.record({
    name: fc.constantFrom("vllm" as const, "sglang" as const, "tensorrt-llm" as const, "transformers" as const),
    gpuMemoryUtilization: fc.double({ min: 0.1, max: 1, noNaN: true }),
    maxModelLen: fc.integer({ min: 1, max: 100_000 }),
    maxNumBatchedTokens: fc.integer({ min: 1, max: 65_536 }),
  });
  const ids = fc.constantFrom("meta-llama/Llama-3.1-8B", "deepseek-ai/DeepSeek-V3", "Qwen/Qwen3-30B-A3B", "google/gemma-2-27b-it");
  const chips = fc.constantFrom("h100", "a100-80gb", "l4", "mi300x", "b200");

  it("add up to the budget to the byte", () => {
    fc.assert(
      fc.property(ids, chips, layouts, engines, (id, accelerator, layout, engine) => {
        const memory = memoryOf({ id, accelerator, layout, engine });
        const sum = memory.weightsBytes + memory.activationBytes + memory.runtimeBytes + memory.kvCacheBytes + memory.freeBytes;
        expect(Math.abs(sum - memory.budgetBytes)).toBeLessThanOrEqual(1);
        expect(memory.kvCacheBytes === 0 || memory.freeBytes === 0).toBe(true);
      }),
    );
  });

  it("a longer context never lets more requests run", () => {
    fc.assert(
      fc.property(ids, layouts, fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 0, max: 50_000 }), (id, layout, length, more) => {
        const at = (maxModelLen: number) => memoryOf({ id, accelerator: "b200", layout, engine: { maxModelLen } }).maxConcurrency;
        expect(at(length + more)).toBeLessThanOrEqual(at(length) * (1 + 1e-9));
      }),
    );
  });

  /** With several stages the tightest may change; what holds of one stage then holds of the requests that run. */
  const oneStage = layouts.map((layout) => ({ ...layout, pipelineParallelSize: 1 }));
  const pool = (memory: InferenceMemory): number => memory.kvCacheBytes + memory.freeBytes;
  const need = (memory: InferenceMemory): number => memory.weightsBytes + memory.activationBytes + memory.runtimeBytes;

  it("more tokens in a batch never let more requests run", () => {
    fc.assert(
      fc.property(ids, layouts, engines, fc.integer({ min: 1, max: 65_536 }), (id, layout, engine, more) => {
        const at = (maxNumBatchedTokens: number) =>
          memoryOf({ id, accelerator: "b200", layout, engine: { ...engine, maxNumBatchedTokens } }).maxConcurrency;
        expect(at(engine.maxNumBatchedTokens + more)).toBeLessThanOrEqual(at(engine.maxNumBatchedTokens));
      }),
    );
  });

  it("on one stage more tokens in a batch never need less memory", () => {
    fc.assert(
      fc.property(ids, engines, fc.integer({ min: 1, max: 65_536 }), (id, engine, more) => {
        const at = (maxNumBatchedTokens: number) => need(memoryOf({ id, engine: { ...engine, maxNumBatchedTokens } }));
        expect(at(engine.maxNumBatchedTokens + more)).toBeGreaterThanOrEqual(at(engine.maxNumBatchedTokens));
      }),
    );
  });

  it("a longer context never needs a smaller cache", () => {
    fc.assert(
      fc.property(ids, oneStage, fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 0, max: 50_000 }), (id, layout, length, more) => {
        const at = (maxModelLen: number) => memoryOf({ id, layout, engine: { maxModelLen } }).kvBytesPerRequest;
        expect(at(length + more)).toBeGreaterThanOrEqual(at(length));
      }),
    );
  });

  it("a larger share of the memory never makes a smaller pool", () => {
    fc.assert(
      fc.property(ids, oneStage, engines, fc.double({ min: 0, max: 1, noNaN: true }), (id, layout, engine, raise) => {
        const at = (gpuMemoryUtilization: number) => pool(memoryOf({ id, layout, engine: { ...engine, gpuMemoryUtilization } }));
        const low = engine.gpuMemoryUtilization;
        expect(at(low + (1 - low) * raise)).toBeGreaterThanOrEqual(at(low) - 1);
      }),
    );
  });

  it("an 8-bit cache never takes more bytes than a 16-bit one, a 4-bit one never more than 8 bits", () => {
    fc.assert(
      fc.property(ids, oneStage, engines, (id, layout, engine) => {
        const at = (kvCache: "bf16" | "int8" | "fp8" | "nvfp4") =>
          memoryOf({ id, layout, engine, precision: { kvCache } }).kvBytesPerRequest;
        expect(at("int8")).toBeLessThanOrEqual(at("bf16"));
        expect(at("fp8")).toBeLessThanOrEqual(at("int8"));
        expect(at("nvfp4")).toBeLessThanOrEqual(at("fp8"));
      }),
    );
  });

  it("wider tensor parallelism never puts more weights on a rank", () => {
    fc.assert(
      fc.property(ids, fc.constantFrom(1, 2, 4), (id, tensorParallelSize) => {
        const at = (size: number) => memoryOf({ id, layout: { tensorParallelSize: size } }).weightsBytes;
        expect(at(tensorParallelSize * 2)).toBeLessThanOrEqual(at(tensorParallelSize));
      }),
    );
  });

  it("what is kept on the host and on the accelerator adds up", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (experts) => {
        const id = "Qwen/Qwen3-30B-A3B";
        const { weightsBytes, hostWeightsBytes } = memoryOf({ id, engine: { hostOffload: { experts } } });
        expect(Math.abs(weightsBytes + hostWeightsBytes - memoryOf({ id }).weightsBytes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("the band holds the pool and is wider where no release is stated", () => {
    const width = ({ poolBandBytes }: InferenceMemory) => poolBandBytes[1] - poolBandBytes[0];
    const stated = memoryOf({ engine: { version: "0.11" } });
    expect(stated.poolBandBytes[0]).toBeLessThan(stated.kvCacheBytes);
    expect(stated.poolBandBytes[1]).toBeGreaterThan(stated.kvCacheBytes);
    expect(width(memoryOf({}))).toBeGreaterThan(width(stated));
  });

  it("a reserve comes off the budget", () => {
    const whole = memoryOf({});
    expect(memoryOf({ reserveShare: 0.15 }).budgetBytes).toBeCloseTo(whole.budgetBytes * 0.85, 0);
  });
});

describe("what the engine's fraction means", () => {
  it("vLLM: a share of the total", () => {
    expect(memoryOf({ engine: { gpuMemoryUtilization: 0.5 } }).budgetBytes).toBeCloseTo(gib(79.2) * 0.5, 0);
  });

  it("TensorRT-LLM: a share of what is free once the model is loaded", () => {
    const { weightsBytes, activationBytes, runtimeBytes, kvCacheBytes } = memoryOf({
      engine: { name: "tensorrt-llm", gpuMemoryUtilization: 0.8 },
    });
    expect(kvCacheBytes).toBeCloseTo((gib(79.2) - weightsBytes - activationBytes - runtimeBytes) * 0.8, 0);
  });

  it("SGLang: activations lie outside", () => {
    expect(memoryOf({ engine: { name: "sglang" } }).activationBytes).toBe(0);
  });
});

it("says what is missing as a negative number", () => {
  const { freeBytes, kvCacheBytes, maxConcurrency } = memoryOf({ id: "deepseek-ai/DeepSeek-V3", layout: { tensorParallelSize: 8 } });
  expect(toGib(freeBytes)).toBeCloseTo(-10.82, 1);
  expect([kvCacheBytes, maxConcurrency]).toEqual([0, 0]);
});

import { describe, expect, it } from "vitest";
import type { MemoryRequest } from "../request/memory-request.ts";
import { estimateMemory } from "./estimate-memory.ts";

const cacheOf = (request: Omit<MemoryRequest, "accelerator">) => {
  const outcome = estimateMemory({ ...request, accelerator: { id: "b200" } });
  if (!outcome.ok || !outcome.value.kvCache) throw new Error("the case fits");
  return outcome.value.kvCache;
};

describe("bytes of one token on one accelerator", () => {
  it.each([
    { name: "Llama 3.1 8B in 16 bits", request: { model: { id: "meta-llama/Llama-3.1-8B" } }, expected: 131_072 },
    {
      name: "INT8 with an F32 scale per head and token: 8 B more for each head",
      request: { model: { id: "meta-llama/Llama-3.1-8B" }, precision: { kvCache: "int8" as const } },
      expected: 65_536 + 32 * 8 * 8,
    },
    {
      name: "NVFP4: 4 bits and an 8-bit scale per 16 values",
      request: { model: { id: "meta-llama/Llama-3.1-8B" }, precision: { kvCache: "nvfp4" as const } },
      expected: 36_864,
    },
    {
      name: "DeepSeek's packed latent: 656 B a layer",
      request: { model: { id: "deepseek-ai/DeepSeek-V3" }, precision: { kvCache: "fp8-ds-mla" as const } },
      expected: 656 * 61,
    },
    {
      name: "sparse attention over a latent reads FP8 only packed: 656 B and 132 B of index a layer",
      request: { model: { id: "deepseek-ai/DeepSeek-V3.2" }, precision: { kvCache: "fp8" as const } },
      expected: (656 + 132) * 61,
    },
    {
      name: "context parallelism takes the place of the latent's replicas",
      request: { model: { id: "deepseek-ai/DeepSeek-V3" }, layout: { tensorParallelSize: 8, contextParallelSize: 8 } },
      expected: 70_272 / 8,
    },
    {
      name: "grouped-query heads beyond tensor parallelism are shared by tokens too",
      request: { model: { id: "meta-llama/Llama-3.1-70B" }, layout: { tensorParallelSize: 16, contextParallelSize: 2 } },
      expected: 40_960 / 2,
    },
    { name: "gpt-oss: only its full layers grow at a long context", request: { model: { id: "openai/gpt-oss-20b" } }, expected: 24_576 },
  ])("$name", ({ request, expected }) => {
    expect(
      cacheOf({ layout: { tensorParallelSize: 8 }, ...request, ...(request.layout ? {} : { layout: { tensorParallelSize: 1 } }) })
        .bytesPerTokenPerAccelerator,
    ).toBeCloseTo(expected, 6);
  });
});

describe("what a request takes whatever its length", () => {
  it("plain attention: nothing", () => {
    expect(cacheOf({ model: { id: "Qwen/Qwen3-8B" } }).fixedBytesPerRequestPerAccelerator).toBe(0);
  });

  it("recurrent states: the same at any length", () => {
    const at = (maxModelLen: number) =>
      cacheOf({ model: { id: "Qwen/Qwen3-Next-80B-A3B-Instruct" }, engine: { maxModelLen }, layout: { tensorParallelSize: 2 } });
    expect(at(8192).fixedBytesPerRequestPerAccelerator).toBe(at(65_536).fixedBytesPerRequestPerAccelerator);
    expect(at(8192).fixedBytesPerRequestPerAccelerator).toBeGreaterThan(0);
  });
});

it("vLLM's shared pages make a hybrid's short requests dearer than SGLang's separate pools", () => {
  const request = { model: { id: "Qwen/Qwen3.5-35B-A3B" }, layout: { tensorParallelSize: 2 } };
  const most = (name: "vllm" | "sglang") => {
    const { maxConcurrency } = cacheOf({ ...request, engine: { name, maxModelLen: 1024, gpuMemoryUtilization: 0.8 } });
    return maxConcurrency;
  };
  expect(most("vllm")).toBeLessThan(most("sglang"));
});

it.each([
  { name: "vLLM keeps the whole context of chunked layers: all 48", engine: "vllm" as const, layers: 48 },
  { name: "SGLang frees earlier chunks: only the 12 full layers grow", engine: "sglang" as const, layers: 12 },
])("Llama 4 Scout, $name", ({ engine, layers }) => {
  const model = { id: "meta-llama/Llama-4-Scout-17B-16E-Instruct" };
  const cache = cacheOf({ model, layout: { tensorParallelSize: 4 }, engine: { name: engine, maxModelLen: 131_072 } });
  expect(cache.bytesPerTokenPerAccelerator).toBe((layers * 2 * 8 * 128 * 2) / 4);
});

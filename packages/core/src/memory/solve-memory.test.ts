import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MemoryRequest } from "../request/memory-request.ts";
import { estimateMemory } from "./estimate-memory.ts";
import type { MemoryEstimate } from "./memory-estimate.ts";

const answerTo = (request: MemoryRequest): MemoryEstimate => {
  const outcome = estimateMemory(request);
  if (!outcome.ok) throw new Error(outcome.errors.map(({ detail }) => detail).join());
  return outcome.value;
};

const runs = (request: MemoryRequest): boolean => answerTo(request).verdict !== "does-not-fit";

/** Requests that fit somewhere, of several engines and kinds of attention. */
const requests = fc
  .record({
    id: fc.constantFrom("Qwen/Qwen3-32B", "openai/gpt-oss-20b", "deepseek-ai/DeepSeek-V2-Lite", "Qwen/Qwen3-Next-80B-A3B-Instruct"),
    accelerator: fc.constantFrom("h100", "h200", "mi300x"),
    name: fc.constantFrom("vllm" as const, "sglang" as const, "tensorrt-llm" as const),
    maxModelLen: fc.integer({ min: 64, max: 40_000 }),
    concurrency: fc.integer({ min: 1, max: 40 }),
    tensorParallelSize: fc.constantFrom(2, 4),
  })
  .map(
    ({ id, accelerator, name, maxModelLen, concurrency, tensorParallelSize }): MemoryRequest => ({
      model: { id },
      accelerator: { id: accelerator },
      engine: { name, maxModelLen },
      layout: { tensorParallelSize },
      concurrency,
    }),
  );

describe("answers hold at their boundary when the forward question is asked", () => {
  it("max-concurrency: that many run, one more does not", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const most = answerTo({ ...request, solveFor: "max-concurrency" }).answer?.maxConcurrency ?? 0;
        if (most > 0) expect(runs({ ...request, concurrency: most })).toBe(true);
        expect(runs({ ...request, concurrency: most + 1 })).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it("max-context: that length runs, one token more does not unless the model ends there", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const longest = answerTo({ ...request, solveFor: "max-context" }).answer?.maxContextTokens ?? 0;
        const at = (maxModelLen: number) => runs({ ...request, engine: { ...request.engine, maxModelLen } });
        if (longest > 0) expect(at(longest)).toBe(true);
        if (longest < modelEnd(request)) expect(at(longest + 1)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it("min-accelerators: its layout runs, and no layout of fewer does", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const { minAccelerators, layout } = answerTo({ ...request, solveFor: "min-accelerators" }).answer ?? {};
        if (minAccelerators === undefined || !layout) return;
        expect(runs({ ...request, layout })).toBe(true);
        for (const tensorParallelSize of [1, 2, 4, 8].filter((size) => size < minAccelerators)) {
          expect(runs({ ...request, layout: { tensorParallelSize } })).toBe(false);
        }
      }),
      { numRuns: 30 },
    );
  });
});

const modelEnd = (request: MemoryRequest): number => {
  const whole = answerTo({ model: request.model });
  return Number(whole.assumptions.maxModelLen);
};

it.each([
  { name: "gpt-oss-120b needs one H100", id: "openai/gpt-oss-120b", accelerator: "h100", expected: 1 },
  { name: "Llama 3.1 405B in bf16 needs twelve H100", id: "meta-llama/Llama-3.1-405B", accelerator: "h100", expected: 12 },
])("$name", ({ id, accelerator, expected }) => {
  const engine = { maxModelLen: 4096, maxNumSeqs: 128 };
  const { answer } = answerTo({ model: { id }, accelerator: { id: accelerator }, engine, solveFor: "min-accelerators" });
  expect(answer?.minAccelerators).toBe(expected);
});

it("accelerators: each one listed fits in its layout, fewest first", () => {
  const engine = { maxModelLen: 8192 };
  const model = { id: "meta-llama/Llama-3.1-70B" };
  const listed = answerTo({ model, engine, solveFor: "accelerators" }).answer?.accelerators ?? [];
  expect(listed.length).toBeGreaterThan(5);
  const counts = listed.map(({ minAccelerators }) => minAccelerators);
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  for (const { id, layout } of listed) expect(runs({ model, engine, accelerator: { id }, layout })).toBe(true);
});

it("answers nothing where nothing fits", () => {
  const request = { model: { id: "deepseek-ai/DeepSeek-V3" }, accelerator: { id: "l4" }, layout: { tensorParallelSize: 8 } };
  expect(answerTo({ ...request, solveFor: "max-context" }).answer).toBeUndefined();
});

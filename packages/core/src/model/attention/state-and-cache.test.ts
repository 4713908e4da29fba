import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bundledModels, findBundledModel } from "../bundled-models.ts";
import type { LayerGroup } from "../model-architecture.ts";
import { attentionKind } from "./attention.ts";

const layersOf = (id: string): readonly LayerGroup[] => {
  const model = findBundledModel(id);
  if (!model.ok) throw new Error(`${id} is bundled`);
  return model.value.layers;
};

const shape = { tensorParallelSize: 1, bytesPerValue: 2 };

const fixedBytes = (id: string, tensorParallelSize = 1): number =>
  layersOf(id).reduce(
    (sum, { attention, count }) =>
      sum + count * attentionKind(attention).fixedBytesPerRequestPerLayer(attention, { ...shape, tensorParallelSize }),
    0,
  );

describe("states", () => {
  it.each([
    {
      name: "Qwen3-Next: 36 layers of 32 · 128 · 128 · 2 B and 8192 · 3 · 2 B",
      id: "Qwen/Qwen3-Next-80B-A3B-Instruct",
      tp: 1,
      expected: 36 * 1_097_728,
    },
    { name: "a state divides by tensor parallelism", id: "Qwen/Qwen3-Next-80B-A3B-Instruct", tp: 4, expected: 9 * 1_097_728 },
    {
      name: "Nemotron Nano: 27 layers of 128 · 80 · 128 · 4 B and 12288 · 3 · 2 B",
      id: "nvidia/NVIDIA-Nemotron-Nano-9B-v2",
      tp: 1,
      expected: 27 * (5_242_880 + 73_728),
    },
    { name: "a model of attention alone keeps none", id: "meta-llama/Llama-3.1-8B", tp: 8, expected: 0 },
  ])("$name", ({ id, tp, expected }) => {
    expect(fixedBytes(id, tp)).toBe(expected);
  });
});

const cachedTokens = (id: string, contextTokens: number, maxNumBatchedTokens: number): number[] =>
  layersOf(id)
    .slice(0, 2)
    .map(({ attention }) => attentionKind(attention).cachedTokens(attention, { contextTokens, maxNumBatchedTokens, blockTokens: 16 }));

describe("windows and chunks, as vLLM counts their blocks", () => {
  it.each([
    {
      name: "a window keeps ⌈(w − 1 + batched) / block⌉ + 1 blocks",
      id: "openai/gpt-oss-20b",
      context: 100_000,
      batched: 2048,
      expected: [2192, 100_000],
    },
    { name: "never more than the context's", id: "openai/gpt-oss-20b", context: 100, batched: 8192, expected: [112, 112] },
    {
      name: "a chunk keeps ⌈(chunk + batched) / block⌉ blocks",
      id: "meta-llama/Llama-4-Scout-17B-16E-Instruct",
      context: 100_000,
      batched: 8192,
      expected: [16_384, 100_000],
    },
  ])("$name", ({ id, context, batched, expected }) => {
    expect(cachedTokens(id, context, batched)).toEqual(expected);
  });
});

it("DeepSeek-V4 keeps one entry for 4 or for 128 tokens, whatever tensor parallelism is", () => {
  const perToken = (tensorParallelSize: number) =>
    layersOf("deepseek-ai/DeepSeek-V4-Pro")
      .slice(0, 3)
      .map(({ attention }) => attentionKind(attention).kvBytesPerTokenPerLayer(attention, { tensorParallelSize, bytesPerValue: 1 }));
  expect(perToken(1)).toEqual([4, (512 + 132) / 4, 4]);
  expect(perToken(8)).toEqual(perToken(1));
});

it("a longer context never needs less cache, traffic or work, in any layer of any model", () => {
  const attentions = bundledModels.flatMap(({ id }) => layersOf(id).map(({ attention }) => attention));
  const tokens = fc.integer({ min: 1, max: 2_000_000 });
  fc.assert(
    fc.property(fc.constantFrom(...attentions), tokens, tokens, (attention, one, other) => {
      const kind = attentionKind(attention);
      const [short, long] = [Math.min(one, other), Math.max(one, other)];
      const measures = (contextTokens: number) => [
        kind.cachedTokens(attention, { contextTokens, maxNumBatchedTokens: 2048, blockTokens: 16 }),
        kind.prefillFlops(attention, contextTokens),
      ];
      const more = measures(long);
      return measures(short).every((value, index) => value <= (more[index] ?? 0));
    }),
  );
});

it("reads a prompt with half the work of decoding each of its tokens at full length", () => {
  const [layer] = layersOf("meta-llama/Llama-3.1-8B");
  if (!layer) throw new Error("has layers");
  const { attention } = layer;
  const kind = attentionKind(attention);
  expect(kind.prefillFlops(attention, 1000)).toBe(kind.decodeFlops(attention, 1000) * 500);
});

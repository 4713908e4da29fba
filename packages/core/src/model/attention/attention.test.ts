import { expect, it } from "vitest";
import { findBundledModel } from "../bundled-models.ts";
import { attentionKind } from "./attention.ts";

const kvBytesPerToken = (id: string, tensorParallelSize: number, bytesPerValue = 2): number => {
  const model = findBundledModel(id);
  if (!model.ok) throw new Error(`${id} is bundled`);
  return model.value.layers.reduce(
    (sum, { attention, count }) =>
      sum + count * attentionKind(attention).kvBytesPerTokenPerLayer(attention, { tensorParallelSize, bytesPerValue }),
    0,
  );
};

it.each([
  { name: "Llama 3.1 8B: 2 · 8 heads · 128 · 2 B · 32 layers", id: "meta-llama/Llama-3.1-8B", tp: 1, expected: 131_072 },
  { name: "heads divide by tensor parallelism", id: "meta-llama/Llama-3.1-70B", tp: 8, expected: 40_960 },
  { name: "heads replicate once there are more ranks than heads", id: "meta-llama/Llama-3.1-70B", tp: 16, expected: 40_960 },
  { name: "DeepSeek-V3: (512 + 64) · 2 B · 61 layers", id: "deepseek-ai/DeepSeek-V3", tp: 1, expected: 70_272 },
  { name: "the latent is not divided by tensor parallelism", id: "deepseek-ai/DeepSeek-V3", tp: 8, expected: 70_272 },
  { name: "the sparse indexer adds 132 B a layer", id: "deepseek-ai/DeepSeek-V3.2", tp: 8, expected: 78_324 },
  { name: "Qwen3-32B has heads of 128, not hidden / heads", id: "Qwen/Qwen3-32B", tp: 1, expected: 262_144 },
])("$name", ({ id, tp, expected }) => {
  expect(kvBytesPerToken(id, tp)).toBe(expected);
});

it("halves with an 8-bit cache", () => {
  expect(kvBytesPerToken("meta-llama/Llama-3.1-8B", 1, 1)).toBe(65_536);
});

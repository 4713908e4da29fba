import { describe, expect, it } from "vitest";
import { bundledModels, findBundledModel } from "./bundled-models.ts";
import { countParameters, servedTensors } from "./count-parameters.ts";
import type { ModelArchitecture } from "./model-architecture.ts";
import { storedBytes } from "./scale-elements.ts";
import { draftTensors } from "./tensors-of.ts";

const bundled = (id: string): ModelArchitecture => {
  const found = findBundledModel(id);
  if (!found.ok) throw new Error(`${id} is bundled`);
  return found.value;
};

/** Vision towers, stored rotary buffers, indexers that layers share: what the published total counts otherwise than a text config tells. */
const countsMore = new Map([
  ["meta-llama/Llama-2-7b-hf", 2048],
  ["meta-llama/Llama-2-13b-hf", 2560],
  ["moonshotai/Kimi-K2-Instruct", 3416],
  ["meta-llama/Llama-4-Scout-17B-16E-Instruct", 871_932_416],
  ["google/gemma-3-27b-it", 423_060_336],
  ["mistralai/Mistral-Small-3.2-24B-Instruct-2506", 438_958_080],
  ["zai-org/GLM-5.2", -534_198_528],
]);

describe("published totals", () => {
  it.each(bundledModels.filter(({ publishedTotal }) => publishedTotal !== undefined))(
    "$id is counted to the last parameter",
    ({ id, publishedTotal = 0 }) => {
      const { total, checkpointTotal, byPart } = countParameters(bundled(id));
      expect([total, checkpointTotal, total + byPart.multiTokenPrediction]).toContain(publishedTotal - (countsMore.get(id) ?? 0));
    },
  );
});

describe("DeepSeek-V3", () => {
  const model = bundled("deepseek-ai/DeepSeek-V3");
  const count = countParameters(model);

  it("has the figures of its model card: main model, active, multi-token prediction, all stored elements", () => {
    expect(count).toMatchObject({ total: 671_026_419_200, active: 37_552_282_624, checkpointTotal: 684_531_386_000 });
    expect(count.byPart.multiTokenPrediction).toBe(13_463_426_304);
  });

  it("stores 688,574,839,360 bytes: FP8 with its block scales, embeddings and norms in bf16, routing corrections in F32", () => {
    const tensors = [...servedTensors(model), ...draftTensors(model)];
    expect(tensors.reduce((sum, tensor) => sum + storedBytes(tensor, model.storedFormats), 0)).toBe(688_574_839_360);
  });
});

it.each([
  { id: "Qwen/Qwen3-30B-A3B", active: 3_353_032_704 },
  { id: "mistralai/Mixtral-8x7B-v0.1", active: 12_879_925_248 },
  { id: "deepseek-ai/DeepSeek-V2", active: 21_375_800_320 },
  { id: "meta-llama/Llama-3.1-8B", active: 8_030_261_248 },
])("$id activates $active parameters for a token", ({ id, active }) => {
  expect(Math.round(countParameters(bundled(id)).active)).toBe(active);
});

it("parts add up to the total", () => {
  for (const { id } of bundledModels) {
    const { total, byPart } = countParameters(bundled(id));
    const { multiTokenPrediction, scales, ...served } = byPart;
    expect(Object.values(served).reduce((sum, part) => sum + part, 0)).toBe(total);
    expect(multiTokenPrediction + scales).toBeGreaterThanOrEqual(0);
  }
});

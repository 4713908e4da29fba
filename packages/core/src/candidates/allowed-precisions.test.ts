import { describe, expect, it } from "vitest";
import { findAccelerator } from "../hardware/index.ts";
import { mainWeightFormat } from "../memory/index.ts";
import { publishedFormats } from "../model/data/published-formats.ts";
import { bundledModels, resolveModel } from "../model/index.ts";
import type { ModelReference, PrecisionChoice } from "../request/index.ts";
import { allowedPrecision, allowedPrecisions } from "./allowed-precisions.ts";
import { precisionRefusal } from "./precision-refusal.ts";

const formatsOf = (model: ModelReference, precision?: PrecisionChoice): string[] => {
  const resolved = resolveModel(model);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.errors));
  return allowedPrecisions(resolved.value, { model, precision }).map((allowed) => mainWeightFormat(allowed, resolved.value));
};

const config = { model_type: "qwen3", hidden_size: 4096, num_hidden_layers: 36, num_attention_heads: 32 };

describe("what a service may be served in", () => {
  it.each<{ name: string; model: ModelReference; precision?: PrecisionChoice; formats: string[] }>([
    { name: "nothing said: the config's own", model: { id: "Qwen/Qwen3-8B" }, formats: ["bf16"] },
    { name: "any: what the publisher has released", model: { id: "qwen3-8b" }, precision: "any", formats: ["bf16", "fp8"] },
    { name: "any: only its own where nothing more is known", model: { id: "microsoft/phi-4" }, precision: "any", formats: ["bf16"] },
    { name: "any: an FP8 model stays as it is", model: { id: "deepseek-ai/DeepSeek-V3" }, precision: "any", formats: ["fp8"] },
    {
      name: "any: nothing below 8 bits, though it is released",
      model: { id: "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B" },
      precision: "any",
      formats: ["bf16", "fp8"],
    },
    { name: "any: a model of 4 bits in its own", model: { id: "openai/gpt-oss-20b" }, precision: "any", formats: ["mxfp4"] },
    { name: "any: a config's id is only a name", model: { id: "Qwen/Qwen3-8B", config }, precision: "any", formats: ["bf16"] },
    {
      name: "what the caller allows, 4 bits too, each once",
      model: { id: "Qwen/Qwen3-8B" },
      precision: { anyOf: ["int4", "bf16", "int4"] },
      formats: ["int4", "bf16"],
    },
  ])("$name", ({ model, precision, formats }) => {
    expect(formatsOf(model, precision)).toEqual(formats);
  });

  it("is found again by what a line names, its cache included", () => {
    const model = { id: "Qwen/Qwen3-8B" };
    const resolved = resolveModel(model);
    if (!resolved.ok) throw new Error("it is bundled");
    const precisions = allowedPrecisions(resolved.value, { model, precision: { anyOf: ["bf16", "fp8"], kvCache: "fp8" } });
    const need = { model: resolved.value, precisions };
    expect(allowedPrecision(need, { weights: "fp8", kvCache: "fp8" })).toBe(precisions[1]);
    expect(allowedPrecision(need, { weights: "fp8", kvCache: "bf16" })).toBeUndefined();
    expect(allowedPrecision(need, { weights: "int8", kvCache: "fp8" })).toBeUndefined();
  });
});

it("every published variant is of a bundled model, in another format than its own, with a source", () => {
  for (const { model, format, checkpoint, source } of publishedFormats) {
    expect(bundledModels.some(({ id }) => id === model)).toBe(true);
    expect(formatsOf({ id: model })).not.toContain(format);
    expect(checkpoint.split("/")[0]).toBe(model.split("/")[0]);
    expect(source).toMatch(/read 2026-\d\d\)$/);
  }
});

it.each([
  { name: "FP8 on a chip that computes in it", engine: "vllm", chip: "h100", format: "fp8", refused: false },
  { name: "FP8 on a chip that does not", engine: "vllm", chip: "a100", format: "fp8", refused: true },
  { name: "NVFP4 before Blackwell", engine: "vllm", chip: "h100", format: "nvfp4", refused: true },
  { name: "INT4 on Ampere", engine: "vllm", chip: "a100", format: "int4", refused: false },
  { name: "16 bits anywhere", engine: "vllm", chip: "v100", format: "bf16", refused: false },
] as const)("$name: refused $refused", ({ engine, chip, format, refused }) => {
  const accelerator = findAccelerator(chip);
  if (!accelerator.ok) throw new Error("it is in the catalog");
  expect(precisionRefusal({ engine, accelerator: accelerator.value, format }) !== undefined).toBe(refused);
});

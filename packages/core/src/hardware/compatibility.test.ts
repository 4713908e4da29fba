import { expect, it } from "vitest";
import type { EngineName } from "../request/engine.ts";
import type { WeightFormat } from "../request/precision.ts";
import { accelerators } from "./accelerators.ts";
import { compatibilityOf, runnableFormats } from "./compatibility.ts";
import { findAccelerator } from "./find-accelerator.ts";
import { hostBandwidth } from "./host-link.ts";

const chip = (name: string) => {
  const found = findAccelerator(name);
  if (!found.ok) throw new Error(`${name} is in the catalog`);
  return found.value;
};

const runs = (engine: EngineName, name: string, format: WeightFormat) => compatibilityOf({ engine, accelerator: chip(name), format })?.runs;

it.each([
  { name: "FP8 on A100 is storage only, through Marlin", engine: "vllm", on: "a100", format: "fp8", expected: "weights-only" },
  { name: "TensorRT-LLM has no FP8 on A100", engine: "tensorrt-llm", on: "a100", format: "fp8", expected: undefined },
  { name: "FP8 computes from Ada on", engine: "vllm", on: "l40s", format: "fp8", expected: "native" },
  { name: "NVFP4 needs Blackwell", engine: "tensorrt-llm", on: "h200", format: "nvfp4", expected: undefined },
  { name: "NVFP4 runs on Blackwell", engine: "tensorrt-llm", on: "b200", format: "nvfp4", expected: "native" },
  { name: "V100 has no bf16", engine: "vllm", on: "v100", format: "bf16", expected: undefined },
  { name: "V100 runs fp16", engine: "vllm", on: "v100", format: "fp16", expected: "native" },
  { name: "MI250X has no FP8", engine: "vllm", on: "mi250x", format: "fp8", expected: undefined },
  { name: "MI300X has FP8", engine: "vllm", on: "mi300x", format: "fp8", expected: "native" },
  { name: "INT4 is storage only everywhere", engine: "vllm", on: "h100", format: "int4", expected: "weights-only" },
  { name: "TensorRT-LLM runs on NVIDIA only", engine: "tensorrt-llm", on: "mi300x", format: "bf16", expected: undefined },
] as const)("$name", ({ engine, on, format, expected }) => {
  expect(runs(engine, on, format)).toBe(expected);
});

it("every accelerator runs 16 bits in some engine, with a source and the oldest software for it", () => {
  for (const accelerator of accelerators) {
    expect(runnableFormats("vllm", accelerator)).toContain("fp16");
    const found = compatibilityOf({ engine: "vllm", accelerator, format: "fp16" });
    expect(found?.source).toMatch(/^https:/);
    expect(found?.stack.lowest).toMatch(/\d/);
  }
});

it("a host is never read faster than the accelerator's own memory", () => {
  for (const accelerator of accelerators) expect(hostBandwidth(accelerator)).toBeLessThan(accelerator.memoryBandwidth);
});

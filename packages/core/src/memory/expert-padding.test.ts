import { expect, it } from "vitest";
import type { MemoryRequest } from "../request/memory-request.ts";
import { estimateMemory } from "./estimate-memory.ts";

const weightsGib = (request: MemoryRequest): number => {
  const outcome = estimateMemory({ ...request, engine: { maxModelLen: 2048 } });
  if (!outcome.ok) throw new Error(outcome.errors.map(({ detail }) => detail).join());
  return outcome.value.perAccelerator?.weightsGib ?? 0;
};

const v4 = { model: { id: "deepseek-ai/DeepSeek-V4-Pro" }, accelerator: { id: "mi300x" } };

/** Loaded weights as vLLM prints them: vllm#56359 (MI300X), llm-d-planner's table (H100). */
it.each([
  {
    name: "CDNA rounds experts cut by tensor parallelism up to 256",
    request: { ...v4, layout: { tensorParallelSize: 8 } },
    measured: 135.35,
  },
  {
    name: "whole experts need no rounding",
    request: { ...v4, layout: { tensorParallelSize: 8, expertParallel: true } },
    measured: 103.54,
  },
  {
    name: "Hopper pads gpt-oss-20b's hidden side",
    request: { model: { id: "openai/gpt-oss-20b" }, accelerator: { id: "h100" } },
    measured: 13.47,
  },
  {
    name: "Hopper pads gpt-oss-120b's hidden side",
    request: { model: { id: "openai/gpt-oss-120b" }, accelerator: { id: "h100" } },
    measured: 64.38,
  },
])("$name: within 2 % of $measured GiB", ({ request, measured }) => {
  expect(Math.abs(weightsGib(request) / measured - 1)).toBeLessThan(0.02);
});

it("formats other than MXFP4 are not padded", () => {
  const request = { model: { id: "Qwen/Qwen3-30B-A3B" }, layout: { tensorParallelSize: 8 } };
  expect(weightsGib({ ...request, accelerator: { id: "mi300x" } })).toBe(weightsGib({ ...request, accelerator: { id: "h100" } }));
});

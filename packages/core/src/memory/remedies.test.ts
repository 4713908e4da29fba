import { describe, expect, it } from "vitest";
import { estimateMemory } from "./estimate-memory.ts";
import type { Remedy } from "./memory-estimate.ts";

const h100 = { id: "h100" };

const remediesOf = (request: Parameters<typeof estimateMemory>[0]): readonly Remedy[] => {
  const outcome = estimateMemory(request);
  if (!outcome.ok) throw new Error(outcome.errors.map(({ detail }) => detail).join());
  return outcome.value.remedies ?? [];
};

const deepSeek = {
  model: { id: "deepseek-ai/DeepSeek-V3" },
  accelerator: h100,
  layout: { tensorParallelSize: 8 },
  engine: { maxModelLen: 8192 },
};

it("a layout that fits needs none", () => {
  expect(remediesOf({ ...deepSeek, accelerator: { id: "h200" } })).toEqual([]);
});

it("what fits comes first", () => {
  const verdicts = remediesOf(deepSeek).map(({ verdict }) => verdict);
  expect(verdicts).toEqual(verdicts.toSorted((a, b) => Number(a === "does-not-fit") - Number(b === "does-not-fit")));
  expect(verdicts[0]).toBe("fits");
});

describe("each was asked again: the changed request has the verdict that the remedy promises", () => {
  const changed = {
    "tensorParallelSize 16": { ...deepSeek, layout: { tensorParallelSize: 16 } },
    "pipelineParallelSize 2": { ...deepSeek, layout: { tensorParallelSize: 8, pipelineParallelSize: 2 } },
    "weights in int4": { ...deepSeek, precision: { weights: "int4" as const } },
    "KV cache in fp8": { ...deepSeek, precision: { kvCache: "fp8" as const } },
    "accelerator h200-sxm": { ...deepSeek, accelerator: { id: "h200-sxm" } },
    "half of the experts in host memory": { ...deepSeek, engine: { maxModelLen: 8192, hostOffload: { experts: 0.5 } } },
    "maxModelLen 4096": { ...deepSeek, engine: { maxModelLen: 4096 } },
  };
  it.each(Object.entries(changed))("%s", (change, request) => {
    const remedy = remediesOf(deepSeek).find((one) => one.change === change);
    const again = estimateMemory(request);
    expect(again.ok && again.value.verdict).toBe(remedy?.verdict);
    expect(remedy?.gibSaved).toBeGreaterThan(0);
  });
});

it("too many at once: fewer is a remedy, and saves the cache of the others", () => {
  const request = { model: { id: "Qwen/Qwen3-32B" }, accelerator: h100, engine: { maxModelLen: 4096 }, concurrency: 8 };
  const fewer = remediesOf(request).find(({ change }) => change.startsWith("concurrency"));
  expect(fewer).toMatchObject({ change: "concurrency 3", verdict: "marginal" });
  expect(fewer?.gibSaved).toBeCloseTo(5, 6);
});

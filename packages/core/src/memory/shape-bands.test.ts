import { describe, expect, it } from "vitest";
import { countParameters, resolveModel, similarModels } from "../model/index.ts";
import type { MemoryRequest } from "../request/memory-request.ts";
import type { ModelSketch } from "../request/model-reference.ts";
import { estimateMemory } from "./estimate-memory.ts";
import { type MemoryEstimate, memoryEstimate } from "./memory-estimate.ts";

const answerTo = (model: MemoryRequest["model"], rest: Partial<MemoryRequest> = {}): MemoryEstimate => {
  const outcome = estimateMemory({ model, accelerator: { id: "h100" }, engine: { maxModelLen: 8192 }, ...rest });
  if (!outcome.ok) throw new Error(outcome.errors.map(({ detail }) => detail).join());
  return outcome.value;
};

const sketched = (sketch: ModelSketch, rest?: Partial<MemoryRequest>) => answerTo({ sketch }, rest);

const widthOf = ([low, high]: readonly number[] = []): number => (high ?? Number.NaN) / (low ?? Number.NaN);

const eightBillion = { parameters: 8_030_261_248 };
const shapeOfLlama = { layers: 32, kvHeads: 8, headDim: 128 };

describe("a sketch that leaves out its shape", () => {
  const { kvCache, interval, ...rest } = sketched(eightBillion);

  it("answers in the shape of the contract", () => {
    expect(memoryEstimate.safeParse({ kvCache, interval, ...rest }).error).toBeUndefined();
  });

  it("has bytes per token from compressed latents to a head for each query head", () => {
    const [low = Number.NaN, high = Number.NaN] = kvCache?.bytesPerTokenBand ?? [];
    expect(low).toBeLessThan(31_104);
    expect(high).toBeGreaterThan(400_000);
    expect(kvCache?.bytesPerTokenPerAccelerator).toBeGreaterThan(low);
    expect(kvCache?.bytesPerTokenPerAccelerator).toBeLessThan(high);
  });

  it("has a wider pool than the same model with a config, and a band around what runs at once", () => {
    const known = answerTo({ id: "meta-llama/Llama-3.1-8B" });
    const spread = (estimate: Pick<MemoryEstimate, "interval">) =>
      (estimate.interval?.kvCacheGib[1] ?? 0) - (estimate.interval?.kvCacheGib[0] ?? 0);
    expect(spread({ interval })).toBeGreaterThan(1.5 * spread(known));
    const [low = Number.NaN, high = Number.NaN] = kvCache?.maxConcurrencyBand ?? [];
    expect(low).toBeLessThan((kvCache?.maxConcurrency ?? 0) / 2);
    expect(high).toBeGreaterThan((kvCache?.maxConcurrency ?? 0) * 2);
    expect(low).toBeLessThan(known.kvCache?.maxConcurrency ?? 0);
    expect(high).toBeGreaterThan(known.kvCache?.maxConcurrency ?? 0);
  });

  it("keeps its weights exact", () => {
    expect(rest.weightsGib).toBeCloseTo((eightBillion.parameters * 2) / 2 ** 30, 6);
    expect(interval?.activationGib?.[0]).toBeLessThan(interval?.activationGib?.[1] ?? 0);
  });
});

describe("what a sketch is told narrows the bands", () => {
  it("layers and heads: bytes per token are exact", () => {
    const { kvCache } = sketched({ ...eightBillion, ...shapeOfLlama });
    expect(kvCache?.bytesPerTokenBand).toBeUndefined();
    expect(kvCache?.bytesPerTokenPerAccelerator).toBe(131_072);
    expect(widthOf(kvCache?.maxConcurrencyBand)).toBeLessThan(2);
  });

  it("heads alone: only the layers are left to differ", () => {
    const heads = sketched({ ...eightBillion, kvHeads: 8, headDim: 128 }).kvCache?.bytesPerTokenBand;
    expect(widthOf(heads)).toBeGreaterThan(1);
    expect(widthOf(heads)).toBeLessThan(2.5);
    expect(widthOf(heads)).toBeLessThan(widthOf(sketched(eightBillion).kvCache?.bytesPerTokenBand) / 4);
  });
});

it("a model with a config has no such band", () => {
  const { kvCache, interval } = answerTo({ id: "Qwen/Qwen3-8B" });
  expect(kvCache).not.toHaveProperty("bytesPerTokenBand");
  expect(kvCache).not.toHaveProperty("maxConcurrencyBand");
  expect(interval).not.toHaveProperty("activationGib");
});

it("what fits only with the assumed shape is marginal, and says so", () => {
  const { verdict, reasons, kvCache, remedies } = sketched(eightBillion, { concurrency: 40 });
  expect(kvCache?.maxConcurrency).toBeGreaterThan(40);
  expect(verdict).toBe("marginal");
  expect(reasons[0]).toMatch(/^the model's shape is assumed/);
  expect(remedies?.find(({ change }) => change === `concurrency ${Math.floor(kvCache?.maxConcurrencyBand?.[0] ?? 0)}`)?.verdict).toBe(
    "fits",
  );
});

it("compares with models of its size, each shape once", () => {
  const sketch = resolveModel({ sketch: { parameters: 8e9 } });
  const sizes = sketch.ok ? similarModels(sketch.value).map(({ model }) => countParameters(model)) : [];
  expect(sizes).toHaveLength(20);
  expect(new Set(sizes.map(({ total }) => total)).size).toBe(20);
  expect(Math.max(...sizes.map(({ active }) => Math.abs(Math.log(active / 8e9))))).toBeLessThan(Math.log(3));
});

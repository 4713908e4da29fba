import { estimateMemory, type MemoryRequest } from "@headroom/core";
import { describe, expect, it } from "vitest";
import { hasSharedData, sharedNote } from "../shared-data.ts";
import { batchOf, type MeasuredMemory, type MemoryQuantity, measuredMemory, peakRows, poolRows } from "../truth/inference-memory-rows.ts";
import { numberIn, textIn } from "../truth/read-truth.ts";

const figures = measuredMemory();

const of = (quantity: MemoryQuantity): readonly MeasuredMemory[] => figures.filter((figure) => figure.quantity === quantity);

const errorsOf = (quantity: MemoryQuantity): number[] =>
  of(quantity)
    .map(({ predicted, measured }) => (predicted === undefined ? 1 : Math.abs(predicted / measured - 1)))
    .toSorted((a, b) => a - b);

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 1;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.skipIf(!hasSharedData)(`inference memory against measurements${sharedNote}`, () => {
  it("weights per accelerator: mean error within 3 %, nine of ten within 6 %", () => {
    const errors = errorsOf("weights GiB per accelerator");
    expect(mean(errors)).toBeLessThan(0.03);
    expect(quantile(errors, 0.9)).toBeLessThan(0.06);
  });

  it("KV bytes per token of models whose layers keep every token: within 1 %", () => {
    expect(mean(errorsOf("KV bytes per token per accelerator"))).toBeLessThan(0.01);
  });

  it("the KV pool: median within 6 %", () => {
    expect(quantile(errorsOf("KV pool GiB"), 0.5)).toBeLessThan(0.06);
  });

  it("most concurrency at a stated length: median within 10 %", () => {
    expect(quantile(errorsOf("most concurrency"), 0.5)).toBeLessThan(0.1);
  });

  it("the pool's 80 % band holds 70 to 92 % of the measurements, and half of the bands are narrower than a quarter of the pool", () => {
    const bands = of("KV pool GiB");
    const inside = bands.filter(({ interval, measured }) => interval && interval[0] <= measured && measured <= interval[1]);
    const narrow = bands.filter(({ interval, measured }) => interval && (interval[1] - interval[0]) / measured <= 0.25);
    expect(inside.length / bands.length).toBeGreaterThanOrEqual(0.7);
    expect(inside.length / bands.length).toBeLessThanOrEqual(0.92);
    expect(narrow.length / bands.length).toBeGreaterThanOrEqual(0.5);
  });

  it.each(["TensorRT-LLM sequences", "transformers peak GiB"] as const)("%s: nine of ten within 15 %%", (quantity) => {
    expect(quantile(errorsOf(quantity), 0.9)).toBeLessThan(0.15);
  });

  it("fits or not, where the source says: 95 % right", () => {
    const cases = [...startedOrNot(), ...peakedOrNot()];
    const wrong = cases.filter(({ request, started }) => runs(request) !== started).map(({ label }) => label);
    expect(cases.length).toBeGreaterThan(50);
    expect(wrong.length / cases.length, wrong.join("; ")).toBeLessThanOrEqual(0.05);
  });
});

const runs = (request: MemoryRequest): boolean => {
  const outcome = estimateMemory(request);
  return outcome.ok && outcome.value.verdict !== "does-not-fit";
};

/** Servers that printed a pool, or failed to start. */
const startedOrNot = () =>
  poolRows().flatMap(({ row, request }) => {
    const failed = /FAIL|OOM/.test(textIn(row, "other_value"));
    const pool = numberIn(row, "kv_mem_gib_per_gpu");
    if (!failed && (pool === undefined || pool <= 0)) return [];
    const atDefault = /default (\d+) context/.exec(textIn(row, "other_value"))?.[1];
    const engine = { ...request.engine, ...(atDefault ? { maxModelLen: Number(atDefault) } : {}) };
    const statedLength = engine.maxModelLen === undefined ? { maxModelLen: 1024 } : {};
    return [{ label: textIn(row, "row_id"), started: !failed, request: { ...request, engine: { ...engine, ...statedLength } } }];
  });

/** Batches that ran in plain transformers, or ran out of memory. */
const peakedOrNot = () =>
  peakRows().map((memoryRow) => ({
    label: textIn(memoryRow.row, "row_id"),
    started: numberIn(memoryRow.row, "other_value") !== undefined,
    request: batchOf(memoryRow).request,
  }));

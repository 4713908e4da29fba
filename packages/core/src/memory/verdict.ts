import { type Bytes, bytes, toGib } from "../units/index.ts";
import type { InferenceMemory } from "./inference-memory.ts";
import type { ParallelLayout } from "./resolve-layout.ts";
import type { ShapeBands } from "./shape-bands.ts";

export interface Verdict {
  readonly verdict: "fits" | "marginal" | "does-not-fit";
  readonly reasons: readonly string[];
}

interface Judged {
  readonly memory: InferenceMemory;
  readonly layout: ParallelLayout;
  readonly maxModelLen: number;
  readonly concurrency: number;
  /** Of a model whose shape is assumed. */
  readonly bands?: ShapeBands;
}

/** Cache on one accelerator while `concurrency` requests of maxModelLen run, spread over the data ranks. */
export const neededCacheBytes = (memory: InferenceMemory, layout: ParallelLayout, concurrency: number): Bytes =>
  bytes((memory.kvBytesPerRequest * concurrency) / layout.dataParallelSize);

/** Whether `concurrency` requests of maxModelLen run at once, and how sure that is. */
export const verdictOf = (judged: Judged): Verdict => {
  const verdict = verdictOnFigures(judged);
  const { bands, concurrency, maxModelLen } = judged;
  if (verdict.verdict !== "fits" || !bands || bands.maxConcurrency[0] >= concurrency) return verdict;
  const possible = bands.maxConcurrency[0].toFixed(2);
  return {
    verdict: "marginal",
    reasons: [
      `the model's shape is assumed: with others of its size the cache holds ${possible} requests of ${maxModelLen} tokens at once`,
    ],
  };
};

const verdictOnFigures = ({ memory, layout, maxModelLen, concurrency }: Judged): Verdict => {
  const pool = memory.kvCacheBytes + memory.freeBytes;
  if (pool <= 0) {
    return {
      verdict: "does-not-fit",
      reasons: [`weights and overhead exceed the budget by ${gibText(-pool)} on each accelerator`],
    };
  }
  if (memory.maxConcurrency < concurrency) {
    const possible = memory.maxConcurrency.toFixed(2);
    return {
      verdict: "does-not-fit",
      reasons: [`the cache holds ${possible} requests of ${maxModelLen} tokens at once, not ${concurrency}`],
    };
  }
  const needed = neededCacheBytes(memory, layout, concurrency);
  const spread = pool - memory.poolBandBytes[0];
  if (pool - spread < needed) {
    return {
      verdict: "marginal",
      reasons: [`only ${gibText(pool - needed)} to spare, less than the estimate's spread of ${gibText(spread)}`],
    };
  }
  if (memory.budgetBytes + memory.outsideBytes > memory.visibleBytes) {
    const beyond = memory.visibleBytes - memory.budgetBytes;
    return {
      verdict: "marginal",
      reasons: [`the engine takes ${gibText(memory.outsideBytes)} beyond its fraction, which leaves ${gibText(beyond)}`],
    };
  }
  return { verdict: "fits", reasons: [] };
};

const gibText = (amount: number): string => `${toGib(bytes(amount)).toFixed(1)} GiB`;

import { roundTo, toGib } from "../units/index.ts";
import type { InferenceMemory } from "./inference-memory.ts";
import type { MemoryEstimate } from "./memory-estimate.ts";
import type { EngineLimits } from "./resolve-engine.ts";

/**
 * Half width of the pool's 80 % band: what lies beside weights and cache differs between releases of one engine
 * by about this share of the visible memory (2.8 to 7.5 GiB on a 140 GiB accelerator).
 */
const poolSpreadShare = 0.016;

type Verdict = Required<Pick<MemoryEstimate, "verdict" | "reasons" | "interval">>;

/** Whether `concurrency` requests of maxModelLen run at once, and how sure that is. */
export const verdictOf = (memory: InferenceMemory, engine: EngineLimits, concurrency: number): Verdict => {
  const spread = toGib(memory.visibleBytes) * poolSpreadShare;
  const poolGib = toGib(memory.kvCacheBytes) + toGib(memory.freeBytes);
  const neededGib = poolGib > 0 ? toGib(memory.kvCacheBytes) * (concurrency / memory.maxConcurrency) : 0;
  const interval = {
    kvCacheGib: [roundTo(4, Math.max(0, poolGib - spread)), roundTo(4, Math.max(0, poolGib + spread))] as [number, number],
  };
  if (poolGib <= 0) {
    return {
      verdict: "does-not-fit",
      reasons: [`weights and overhead exceed the budget by ${(-poolGib).toFixed(1)} GiB on each accelerator`],
      interval,
    };
  }
  if (memory.maxConcurrency < concurrency) {
    const possible = memory.maxConcurrency.toFixed(2);
    return {
      verdict: "does-not-fit",
      reasons: [`the cache holds ${possible} requests of ${engine.maxModelLen} tokens at once, not ${concurrency}`],
      interval,
    };
  }
  if (poolGib - spread < neededGib) {
    return {
      verdict: "marginal",
      reasons: [`only ${(poolGib - neededGib).toFixed(1)} GiB to spare, less than the estimate's spread of ${spread.toFixed(1)} GiB`],
      interval,
    };
  }
  return { verdict: "fits", reasons: [], interval };
};

import { inferenceMemory } from "../memory/index.ts";
import type { RequestShape } from "./operating-point.ts";
import type { ServingSite } from "./serving-site.ts";

export interface RunningLimit {
  /** Requests that run at once on the replica; 0 where not one fits. */
  readonly requests: number;
  readonly boundBy: "kv-capacity" | "maxNumSeqs";
}

/** What is kept free on purpose: a share of the memory, and of the request rate. */
export interface Reserve {
  readonly memoryShare: number;
  readonly computeShare: number;
}

export const noReserve: Reserve = { memoryShare: 0, computeShare: 0 };

/** How many requests of a shape run at once before the cache or the engine's own limit makes them wait. */
export const runningLimit = (
  { replica, accelerator }: Pick<ServingSite, "replica" | "accelerator">,
  { islTokens, oslTokens }: RequestShape,
  reserve: Reserve,
): RunningLimit => {
  const { engine, layout } = replica;
  const { visibleBytes, family } = accelerator;
  const whileServing = { ...engine, maxModelLen: islTokens + oslTokens };
  const byCache = Math.floor(
    inferenceMemory({ ...replica, engine: whileServing, visibleBytes, family, reserveShare: reserve.memoryShare }).maxConcurrency,
  );
  const bySequences = engine.maxNumSeqs * layout.dataParallelSize;
  return byCache < bySequences ? { requests: byCache, boundBy: "kv-capacity" } : { requests: bySequences, boundBy: "maxNumSeqs" };
};

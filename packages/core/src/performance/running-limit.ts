import { inferenceMemory } from "../memory/index.ts";
import { engineScheduling } from "./engine-scheduling.ts";
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

/** How many requests of a shape run at once, each with room for its whole length, before the cache or the engine makes them wait. */
export const runningLimit = (place: Place, { islTokens, oslTokens }: RequestShape, reserve: Reserve): RunningLimit =>
  limitAt(place, islTokens + oslTokens, reserve);

/**
 * What an engine lets run. TensorRT-LLM sets aside each request's whole length (no eviction); vLLM and SGLang admit while blocks
 * are free, so running requests hold half of their answers on average.
 */
export const admittedLimit = (place: Place, { islTokens, oslTokens }: RequestShape): RunningLimit => {
  const whole = limitAt(place, islTokens + oslTokens, noReserve);
  const { admits } = engineScheduling(place.replica.engine.name);
  return whole.requests < 1 || admits === "whole" ? whole : limitAt(place, islTokens + Math.ceil(oslTokens / 2), noReserve);
};

type Place = Pick<ServingSite, "replica" | "accelerator">;

const limitAt = ({ replica, accelerator }: Place, tokensEach: number, reserve: Reserve): RunningLimit => {
  const { engine, layout } = replica;
  const { visibleBytes, family } = accelerator;
  const whileServing = { ...engine, maxModelLen: tokensEach };
  const byCache = Math.floor(
    inferenceMemory({ ...replica, engine: whileServing, visibleBytes, family, reserveShare: reserve.memoryShare }).maxConcurrency,
  );
  const bySequences = engine.maxNumSeqs * layout.dataParallelSize;
  return byCache < bySequences ? { requests: byCache, boundBy: "kv-capacity" } : { requests: bySequences, boundBy: "maxNumSeqs" };
};

import type { ModelArchitecture } from "../model/index.ts";
import { type Bytes, bytes, invariant } from "../units/index.ts";
import { activationBytes, runtimeBytes } from "./engine-overhead.ts";
import { kvBytesPerRequest, kvBytesPerToken } from "./kv-cache.ts";
import { pipelineStages } from "./pipeline-stages.ts";
import type { EngineLimits } from "./resolve-engine.ts";
import type { ParallelLayout } from "./resolve-layout.ts";
import type { ServingPrecision } from "./resolve-precision.ts";
import { stageWeightBytes } from "./weights-per-rank.ts";

export interface InferenceMemoryInput {
  readonly model: ModelArchitecture;
  readonly precision: ServingPrecision;
  readonly layout: ParallelLayout;
  readonly engine: EngineLimits;
  /** Of one accelerator, as its driver shows it. */
  readonly visibleBytes: Bytes;
  /** Share of the visible memory kept free on purpose. */
  readonly reserveShare: number;
}

/** Memory of the tightest accelerator of one replica. weights + activation + runtime + kvCache + free = budget. */
export interface InferenceMemory {
  readonly visibleBytes: Bytes;
  readonly budgetBytes: Bytes;
  readonly weightsBytes: Bytes;
  readonly activationBytes: Bytes;
  readonly runtimeBytes: Bytes;
  /** The pool the engine would make; 0 where nothing is left. */
  readonly kvCacheBytes: Bytes;
  /** What is missing, as a negative number, where there is no pool. */
  readonly freeBytes: Bytes;
  readonly kvBytesPerToken: Bytes;
  /** Cache of one request of maxModelLen. */
  readonly kvBytesPerRequest: Bytes;
  /** Of the whole replica. */
  readonly kvTokens: number;
  /** Requests of maxModelLen that run at once, over all data ranks of the replica. */
  readonly maxConcurrency: number;
}

/** What one replica needs and what is left for its cache, on the stage that can hold the fewest requests. */
export const inferenceMemory = (input: InferenceMemoryInput): InferenceMemory => {
  const stages = pipelineStages(input.model, input.layout.pipelineParallelSize).map((stage) => memoryOfStage(input, stage));
  const tightest = stages.reduce((least, stage) => (roomOf(stage) < roomOf(least) ? stage : least));
  invariant(tightest !== undefined, "a replica has a stage");
  return tightest;
};

const roomOf = ({ maxConcurrency, freeBytes }: InferenceMemory): number => (maxConcurrency > 0 ? maxConcurrency : freeBytes);

type Stage = ReturnType<typeof pipelineStages>[number];

const memoryOfStage = (input: InferenceMemoryInput, stage: Stage): InferenceMemory => {
  const { model, layout, engine, precision } = input;
  const weights = stageWeightBytes({ model, stage, layout, formats: precision.weights });
  const inside = overheadInsideBudget(input);
  const fixed = weights + inside.activation + inside.runtime;
  const budget = budgetOf(input, fixed);
  const left = budget - fixed;
  const cacheOnRank = { stage, layout, kvCache: precision.kvCache };
  const perRequest = kvBytesPerRequest(cacheOnRank, engine.maxModelLen);
  const pool = Math.max(0, left);
  const requests = (pool / perRequest) * layout.dataParallelSize;
  return {
    visibleBytes: input.visibleBytes,
    budgetBytes: bytes(budget),
    weightsBytes: weights,
    activationBytes: bytes(inside.activation),
    runtimeBytes: bytes(inside.runtime),
    kvCacheBytes: bytes(pool),
    freeBytes: bytes(Math.min(0, left)),
    kvBytesPerToken: kvBytesPerToken(cacheOnRank),
    kvBytesPerRequest: perRequest,
    kvTokens: Math.floor(requests * engine.maxModelLen),
    maxConcurrency: requests,
  };
};

/** SGLang takes activations and graphs outside its fraction; the others count everything inside. */
const overheadInsideBudget = ({ model, layout, engine }: InferenceMemoryInput): { activation: number; runtime: number } =>
  engine.name === "sglang"
    ? { activation: 0, runtime: runtimeBytes(layout, { ...engine, enforceEager: true }) }
    : { activation: activationBytes(model, layout, engine), runtime: runtimeBytes(layout, engine) };

/**
 * What the engine's fraction means:
 * vLLM and SGLang a share of the total; TensorRT-LLM a share of what is free once the model is loaded, given to the cache;
 * plain transformers has no pool and may use all.
 */
const budgetOf = ({ engine, visibleBytes, reserveShare }: InferenceMemoryInput, fixedBytes: number): number => {
  const usable = visibleBytes * (1 - reserveShare);
  switch (engine.name) {
    case "vllm":
    case "sglang":
      return usable * engine.gpuMemoryUtilization;
    case "tensorrt-llm":
      return usable <= fixedBytes ? usable : fixedBytes + (usable - fixedBytes) * engine.gpuMemoryUtilization;
    case "transformers":
      return usable;
  }
};

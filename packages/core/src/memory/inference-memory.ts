import type { AcceleratorFamily } from "../hardware/index.ts";
import type { ModelArchitecture } from "../model/index.ts";
import { type Bytes, bytes, invariant, toGib } from "../units/index.ts";
import type { EngineOverhead } from "./engines/engine-memory.ts";
import { engineMemory } from "./engines/engines.ts";
import { requestCache } from "./kv-cache.ts";
import { type PipelineStage, pipelineStages } from "./pipeline-stages.ts";
import { poolBand } from "./pool-band.ts";
import type { EngineLimits } from "./resolve-engine.ts";
import type { ParallelLayout } from "./resolve-layout.ts";
import type { ServingPrecision } from "./resolve-precision.ts";
import { placedWeightBytes } from "./weights-per-rank.ts";

export interface InferenceMemoryInput {
  readonly model: ModelArchitecture;
  readonly precision: ServingPrecision;
  readonly layout: ParallelLayout;
  readonly engine: EngineLimits;
  /** Of one accelerator, as its driver shows it. */
  readonly visibleBytes: Bytes;
  /** Of the accelerator: kernels pad and graphs differ by it. */
  readonly family: AcceleratorFamily;
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
  /** What the engine takes beyond its budget. */
  readonly outsideBytes: Bytes;
  readonly kvBytesPerToken: Bytes;
  readonly kvFixedBytesPerRequest: Bytes;
  /** Cache of one request of maxModelLen. */
  readonly kvBytesPerRequest: Bytes;
  /** Of the whole replica. */
  readonly kvTokens: number;
  /** Requests of maxModelLen that run at once, over all data ranks of the replica. */
  readonly maxConcurrency: number;
  /** 80 % band of the pool, the missing part counted as negative. */
  readonly poolBandBytes: readonly [Bytes, Bytes];
  /** Of the accelerator's share of host memory. */
  readonly hostWeightsBytes: Bytes;
  readonly hostKvCacheBytes: Bytes;
}

/** What one replica needs and what is left for its cache, on the stage that can hold the fewest requests. */
export const inferenceMemory = (input: InferenceMemoryInput): InferenceMemory => {
  const stages = pipelineStages(input.model, input.layout.pipelineParallelSize).map((stage) => memoryOfStage(input, stage));
  const tightest = stages.reduce((least, stage) => (roomOf(stage) < roomOf(least) ? stage : least));
  invariant(tightest !== undefined, "a replica has a stage");
  return tightest;
};

/** What one accelerator keeps in host memory. */
export const offloadedGib = ({ hostWeightsBytes, hostKvCacheBytes }: InferenceMemory): number =>
  toGib(bytes(hostWeightsBytes + hostKvCacheBytes));

const roomOf = ({ maxConcurrency, freeBytes }: InferenceMemory): number => (maxConcurrency > 0 ? maxConcurrency : freeBytes);

const memoryOfStage = (input: InferenceMemoryInput, stage: PipelineStage): InferenceMemory => {
  const { model, layout, engine, precision, visibleBytes, family } = input;
  const { deviceBytes: weights, hostBytes } = placedWeightBytes({
    model,
    stage,
    layout,
    family,
    formats: precision.weights,
    expertsOnHost: engine.hostOffload.experts,
  });
  const declared = engineMemory(engine.name);
  const overhead = declared.overhead({ model, stage, layout, engine, family, visibleBytes });
  const fixedBytes = weights + overhead.activationBytes + overhead.runtimeBytes;
  const usableBytes = visibleBytes * (1 - input.reserveShare);
  const budget = declared.budget({ usableBytes, fraction: engine.gpuMemoryUtilization, fixedBytes });
  const left = budget - fixedBytes;
  const cache = requestCache({ stage, layout, engine, kvCache: precision.kvCache });
  return {
    visibleBytes,
    budgetBytes: bytes(budget),
    weightsBytes: weights,
    ...overheadBytes(overhead),
    kvCacheBytes: bytes(Math.max(0, left)),
    freeBytes: bytes(Math.min(0, left)),
    kvBytesPerToken: cache.bytesPerToken,
    kvFixedBytesPerRequest: cache.fixedBytes,
    kvBytesPerRequest: cache.bytesInBlocks,
    ...capacityOf(input, Math.max(0, left), cache.bytesInBlocks),
    poolBandBytes: poolBand({ poolBytes: left, visibleBytes, overhead, version: engine.version }),
    hostWeightsBytes: hostBytes,
    hostKvCacheBytes: bytes((Math.max(0, left) * engine.hostOffload.kvCache) / (1 - engine.hostOffload.kvCache)),
  };
};

const overheadBytes = ({ activationBytes, runtimeBytes, outsideBytes }: EngineOverhead) => ({
  activationBytes: bytes(activationBytes),
  runtimeBytes: bytes(runtimeBytes),
  outsideBytes: bytes(outsideBytes),
});

const capacityOf = ({ layout, engine }: InferenceMemoryInput, poolBytes: number, perRequest: number) => {
  const maxConcurrency = perRequest > 0 ? (poolBytes / perRequest) * layout.dataParallelSize : Number.MAX_SAFE_INTEGER;
  return { maxConcurrency, kvTokens: Math.floor(maxConcurrency * engine.maxModelLen) };
};

import type { Accelerator } from "../hardware/index.ts";
import { countParameters, type ModelArchitecture } from "../model/index.ts";
import type { MemoryRequest } from "../request/memory-request.ts";
import { type Outcome, roundTo, succeed, toGib } from "../units/index.ts";
import { type InferenceMemory, inferenceMemory } from "./inference-memory.ts";
import type { MemoryEstimate, PerAcceleratorMemory } from "./memory-estimate.ts";
import { pipelineStages } from "./pipeline-stages.ts";
import { singleAccelerator } from "./resolve-layout.ts";
import { mainWeightFormat } from "./resolve-precision.ts";
import { type Replica, resolveAccelerator, resolveReplica } from "./resolve-replica.ts";
import { verdictOf } from "./verdict.ts";
import { stageWeightBytes } from "./weights-per-rank.ts";

/** How much memory a model needs, and what one replica's accelerators are left with. */
export const estimateMemory = (request: MemoryRequest): Outcome<MemoryEstimate> => {
  const replica = resolveReplica(request);
  if (!replica.ok) return replica;
  const whole = {
    parameters: parametersOf(replica.value.model),
    weightsGib: roundTo(6, wholeWeightsGib(replica.value)),
  };
  if (!request.accelerator) return succeed({ ...whole, reasons: [], assumptions: assumptionsOf(replica.value) });
  const accelerator = resolveAccelerator(request.accelerator);
  if (!accelerator.ok) return accelerator;
  const reserveShare = request.reserve?.memoryShare ?? 0;
  const memory = inferenceMemory({ ...replica.value, visibleBytes: accelerator.value.visibleBytes, reserveShare });
  return succeed({
    ...whole,
    perAccelerator: perAcceleratorOf(memory),
    kvCache: {
      bytesPerTokenPerAccelerator: memory.kvBytesPerToken,
      fixedBytesPerRequestPerAccelerator: 0,
      tokens: memory.kvTokens,
      maxConcurrency: roundTo(4, memory.maxConcurrency),
    },
    ...verdictOf(memory, replica.value.engine, request.concurrency ?? 1),
    assumptions: { ...assumptionsOf(replica.value), ...acceleratorAssumptions(accelerator.value), reserveMemoryShare: reserveShare },
  });
};

const parametersOf = (model: ModelArchitecture): MemoryEstimate["parameters"] => {
  const count = countParameters(model);
  return { ...count, active: Math.round(count.active) };
};

const wholeWeightsGib = ({ model, precision }: Replica): number =>
  pipelineStages(model, 1).reduce(
    (sum, stage) => sum + toGib(stageWeightBytes({ model, stage, layout: singleAccelerator, formats: precision.weights })),
    0,
  );

export const perAcceleratorOf = (memory: InferenceMemory): PerAcceleratorMemory => ({
  visibleGib: roundTo(6, toGib(memory.visibleBytes)),
  budgetGib: roundTo(6, toGib(memory.budgetBytes)),
  weightsGib: roundTo(6, toGib(memory.weightsBytes)),
  activationGib: roundTo(6, toGib(memory.activationBytes)),
  runtimeGib: roundTo(6, toGib(memory.runtimeBytes)),
  kvCacheGib: roundTo(6, toGib(memory.kvCacheBytes)),
  freeGib: roundTo(6, toGib(memory.freeBytes)),
});

const assumptionsOf = ({ model, precision, layout, engine }: Replica): MemoryEstimate["assumptions"] => ({
  weightFormat: mainWeightFormat(precision, model),
  kvCacheFormat: precision.kvCache,
  ...layout,
  engine: engine.name,
  engineVersion: engine.version ?? "not stated",
  gpuMemoryUtilization: engine.gpuMemoryUtilization,
  maxModelLen: engine.maxModelLen,
  maxNumSeqs: engine.maxNumSeqs,
  maxNumBatchedTokens: engine.maxNumBatchedTokens,
  enforceEager: engine.enforceEager,
  ...(engine.name === "sglang" ? { outsideTheBudget: "activations and captured graphs" } : {}),
  ...(model.assumed ? { shapeAssumed: model.assumed.join(", ") } : {}),
  ...(model.absent.length > 0 ? { notCounted: model.absent.join(", ") } : {}),
});

const acceleratorAssumptions = ({ id, visibleFrom }: Accelerator): MemoryEstimate["assumptions"] => ({
  accelerator: id,
  visibleMemoryFrom: visibleFrom,
});

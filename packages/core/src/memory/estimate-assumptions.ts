import { roundTo, toGib } from "../units/index.ts";
import type { MemoryAssessment, MemoryCase } from "./assess-memory.ts";
import { engineMemory } from "./engines/engines.ts";
import type { MemoryEstimate } from "./memory-estimate.ts";
import { mainWeightFormat } from "./resolve-precision.ts";
import type { Replica } from "./resolve-replica.ts";

type Assumptions = MemoryEstimate["assumptions"];

/** Every value that changed the answer and that the request may have left out. */
export const estimateAssumptions = (asked: MemoryCase, { engine, precision, memory }: MemoryAssessment): Assumptions => {
  const { model, layout, accelerator, reserveShare, concurrency } = asked;
  const outside = engineMemory(engine.name).outsideTheBudget(engine);
  return {
    ...replicaAssumptions({ model, layout, precision, engine }),
    ...(outside ? { outsideTheBudget: outside, outsideTheBudgetGib: roundTo(3, toGib(memory.outsideBytes)) } : {}),
    accelerator: accelerator.id,
    visibleMemoryFrom: accelerator.visibleFrom,
    reserveMemoryShare: reserveShare,
    concurrency,
  };
};

export const replicaAssumptions = ({ model, precision, layout, engine }: Replica): Assumptions => ({
  weightFormat: mainWeightFormat(precision, model),
  kvCacheFormat: precision.kvCache,
  ...layout,
  contextParallelSize: layout.contextParallelSize ?? 1,
  engine: engine.name,
  engineVersion: engine.version ?? "not stated",
  gpuMemoryUtilization: engine.gpuMemoryUtilization,
  maxModelLen: engine.maxModelLen,
  maxNumSeqs: engine.maxNumSeqs,
  maxNumBatchedTokens: engine.maxNumBatchedTokens,
  enforceEager: engine.enforceEager,
  ...(engine.hostOffload.experts > 0 ? { expertsOnHost: engine.hostOffload.experts } : {}),
  ...(engine.hostOffload.kvCache > 0 ? { kvCacheOnHost: engine.hostOffload.kvCache } : {}),
  ...(model.assumed ? { shapeAssumed: model.assumed.join(", ") } : {}),
  ...(model.absent.length > 0 ? { notCounted: model.absent.join(", ") } : {}),
});

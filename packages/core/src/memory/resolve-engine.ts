import { defaultEngine } from "../defaults.ts";
import type { ModelArchitecture } from "../model/index.ts";
import type { EngineName, EngineRequest } from "../request/engine.ts";

/** The serving engine with every limit decided. */
export interface EngineLimits {
  readonly name: EngineName;
  readonly version: string | undefined;
  readonly gpuMemoryUtilization: number;
  readonly maxModelLen: number;
  readonly maxNumSeqs: number;
  readonly maxNumBatchedTokens: number;
  readonly enforceEager: boolean;
}

export const resolveEngine = (engine: EngineRequest | undefined, model: ModelArchitecture): EngineLimits => ({
  name: engine?.name ?? defaultEngine.name,
  version: engine?.version,
  gpuMemoryUtilization: engine?.gpuMemoryUtilization ?? defaultEngine.gpuMemoryUtilization,
  maxModelLen: engine?.maxModelLen ?? model.maxPositionEmbeddings,
  maxNumSeqs: engine?.maxNumSeqs ?? defaultEngine.maxNumSeqs,
  maxNumBatchedTokens: engine?.maxNumBatchedTokens ?? defaultEngine.maxNumBatchedTokens,
  enforceEager: engine?.enforceEager ?? false,
});

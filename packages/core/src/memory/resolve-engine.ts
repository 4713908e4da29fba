import { defaultEngine } from "../defaults.ts";
import type { Accelerator } from "../hardware/index.ts";
import type { ModelArchitecture } from "../model/index.ts";
import type { EngineName, EngineRequest } from "../request/engine.ts";
import type { EngineDefaults } from "./engines/engine-memory.ts";
import { engineMemory } from "./engines/engines.ts";

/** The serving engine with every limit decided. */
export interface EngineLimits {
  readonly name: EngineName;
  readonly version: string | undefined;
  readonly gpuMemoryUtilization: number;
  readonly maxModelLen: number;
  readonly maxNumSeqs: number;
  readonly maxNumBatchedTokens: number;
  readonly enforceEager: boolean;
  /** Shares kept in host memory. */
  readonly hostOffload: { readonly experts: number; readonly kvCache: number };
}

/** Where the engine runs, so far as its own defaults depend on it. */
export interface EngineSite {
  readonly accelerator: Pick<Accelerator, "visibleBytes" | "family">;
  readonly ranks: number;
}

/** Limits that the request leaves out are the engine's own on that site; without a site those that plans set. */
export const resolveEngine = (engine: EngineRequest | undefined, model: ModelArchitecture, site?: EngineSite): EngineLimits => {
  const name = engine?.name ?? defaultEngine.name;
  const maxModelLen = engine?.maxModelLen ?? engineMemory(name).defaultModelLen(model);
  const defaults: EngineDefaults = site
    ? engineMemory(name).defaults({ version: engine?.version, maxModelLen, ...site })
    : { ...defaultEngine, gpuMemoryUtilization: defaultEngine.gpuMemoryUtilization };
  const maxNumSeqs = engine?.maxNumSeqs ?? defaults.maxNumSeqs;
  return {
    name,
    version: engine?.version,
    gpuMemoryUtilization: engine?.gpuMemoryUtilization ?? defaults.gpuMemoryUtilization,
    maxModelLen,
    maxNumSeqs,
    maxNumBatchedTokens: engine?.maxNumBatchedTokens ?? defaults.maxNumBatchedTokens,
    enforceEager: engine?.enforceEager ?? false,
    hostOffload: { experts: engine?.hostOffload?.experts ?? 0, kvCache: engine?.hostOffload?.kvCache ?? 0 },
  };
};

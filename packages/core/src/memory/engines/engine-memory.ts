import type { AcceleratorFamily } from "../../hardware/index.ts";
import type { ModelArchitecture } from "../../model/index.ts";
import type { Bytes } from "../../units/index.ts";
import type { PipelineStage } from "../pipeline-stages.ts";
import type { EngineLimits } from "../resolve-engine.ts";
import type { ParallelLayout } from "../resolve-layout.ts";

/** One rank of a replica in an engine. */
export interface RankInEngine {
  readonly model: ModelArchitecture;
  readonly stage: PipelineStage;
  readonly layout: ParallelLayout;
  readonly engine: EngineLimits;
  readonly family: AcceleratorFamily;
  readonly visibleBytes: Bytes;
}

/** What a rank needs beside weights and cache. */
export interface EngineOverhead {
  readonly activationBytes: number;
  readonly runtimeBytes: number;
  /** Taken beyond the budget, from what the engine's fraction leaves. */
  readonly outsideBytes: number;
}

export interface DefaultsQuestion {
  readonly version: string | undefined;
  readonly accelerator: { readonly visibleBytes: Bytes; readonly family: AcceleratorFamily };
  readonly maxModelLen: number;
  /** Of one replica. */
  readonly ranks: number;
}

export interface EngineDefaults {
  readonly gpuMemoryUtilization: number;
  readonly maxNumSeqs: number;
  readonly maxNumBatchedTokens: number;
}

export interface BudgetQuestion {
  /** Visible memory less what is kept free on purpose. */
  readonly usableBytes: number;
  readonly fraction: number;
  /** Weights and overhead. */
  readonly fixedBytes: number;
}

/**
 * What every engine declares about its memory. Nobody else asks which engine it is.
 */
export interface EngineMemory {
  /** Limits that the engine takes on this accelerator when nobody sets them. */
  readonly defaults: (question: DefaultsQuestion) => EngineDefaults;
  /** The context planned for when nobody says. */
  readonly defaultModelLen: (model: ModelArchitecture) => number;
  readonly overhead: (rank: RankInEngine) => EngineOverhead;
  /** What the engine's fraction means. */
  readonly budget: (question: BudgetQuestion) => number;
  /** Tokens of one block of the cache. */
  readonly blockTokens: number;
  /** `shared`: layers of all kinds take pages of one size, so a state inflates the block; `separate`: each kind its own pool. */
  readonly pages: "shared" | "separate";
  /** What is kept for layers that attend inside chunks, as Llama 4 has them. */
  readonly chunkedLayersKeep: "current-chunk" | "whole-context";
  /** What lies beyond the budget, in words. */
  readonly outsideTheBudget: (engine: EngineLimits) => string | undefined;
}

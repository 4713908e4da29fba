import type { Accelerator } from "../hardware/index.ts";
import type { ModelArchitecture } from "../model/index.ts";
import type { EngineRequest } from "../request/engine.ts";
import type { PrecisionRequest } from "../request/precision.ts";
import type { Bytes } from "../units/index.ts";
import { type InferenceMemory, inferenceMemory } from "./inference-memory.ts";
import { type EngineLimits, resolveEngine } from "./resolve-engine.ts";
import { acceleratorsOf, type ParallelLayout } from "./resolve-layout.ts";
import { resolvePrecision, type ServingPrecision } from "./resolve-precision.ts";
import { type ShapeBands, shapeBands } from "./shape-bands.ts";
import { neededCacheBytes, type Verdict, verdictOf } from "./verdict.ts";

/** The forward question: does this replica, asked for so much, fit on that accelerator? */
export interface MemoryCase {
  readonly model: ModelArchitecture;
  readonly precision: PrecisionRequest | undefined;
  readonly layout: ParallelLayout;
  /** As asked: an engine's own defaults move with the layout and the accelerator. */
  readonly engine: EngineRequest | undefined;
  readonly accelerator: Accelerator;
  readonly reserveShare: number;
  /** Requests of maxModelLen that must run at once. */
  readonly concurrency: number;
}

export interface MemoryAssessment extends Verdict {
  readonly memory: InferenceMemory;
  readonly engine: EngineLimits;
  readonly precision: ServingPrecision;
  /** Weights, overhead and the cache of the requests that must run at once, on one accelerator. */
  readonly neededBytes: Bytes;
  /** Of a model whose shape is assumed. */
  readonly bands: ShapeBands | undefined;
}

export const assessMemory = (question: MemoryCase): MemoryAssessment => {
  const { model, layout, accelerator, reserveShare, concurrency } = question;
  const engine = resolveEngine(question.engine, model, { accelerator, ranks: acceleratorsOf(layout) });
  const precision = resolvePrecision(model, question.precision);
  const { visibleBytes, family } = accelerator;
  const input = { model, precision, layout, engine, visibleBytes, family, reserveShare };
  const memory = inferenceMemory(input);
  const bands = shapeBands(input, memory);
  const cache = neededCacheBytes(memory, layout, concurrency);
  const neededBytes = (memory.weightsBytes + memory.activationBytes + memory.runtimeBytes + cache) as Bytes;
  const judged = { memory, layout, maxModelLen: engine.maxModelLen, concurrency };
  return { memory, engine, precision, neededBytes, bands, ...verdictOf({ ...judged, ...(bands ? { bands } : {}) }) };
};

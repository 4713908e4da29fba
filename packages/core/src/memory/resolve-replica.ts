import { type Accelerator, findAccelerator } from "../hardware/index.ts";
import { type ModelArchitecture, resolveModel } from "../model/index.ts";
import type { AcceleratorReference } from "../request/accelerator-reference.ts";
import type { EngineRequest } from "../request/engine.ts";
import type { ModelReference } from "../request/model-reference.ts";
import type { ParallelLayoutRequest } from "../request/parallel-layout.ts";
import type { PrecisionRequest } from "../request/precision.ts";
import { gib, type Outcome, succeed, under } from "../units/index.ts";
import { type EngineLimits, resolveEngine } from "./resolve-engine.ts";
import { type ParallelLayout, resolveLayout } from "./resolve-layout.ts";
import { resolvePrecision, type ServingPrecision } from "./resolve-precision.ts";

/** What the memory and performance requests have in common. */
export interface ReplicaRequest {
  readonly model: ModelReference;
  readonly precision?: PrecisionRequest | undefined;
  readonly layout?: ParallelLayoutRequest | undefined;
  readonly engine?: EngineRequest | undefined;
}

/** One replica with every default decided. */
export interface Replica {
  readonly model: ModelArchitecture;
  readonly precision: ServingPrecision;
  readonly layout: ParallelLayout;
  readonly engine: EngineLimits;
}

export const resolveReplica = (request: ReplicaRequest): Outcome<Replica> => {
  const model = under("/model", resolveModel(request.model));
  if (!model.ok) return model;
  const layout = under("/layout", resolveLayout(request.layout, model.value));
  if (!layout.ok) return layout;
  return succeed({
    model: model.value,
    precision: resolvePrecision(model.value, request.precision),
    layout: layout.value,
    engine: resolveEngine(request.engine, model.value),
  });
};

/** The accelerator a request names, with the memory it gives in place of the table's. */
export const resolveAccelerator = ({ id, memoryGib }: AcceleratorReference): Outcome<Accelerator> => {
  const found = under("/accelerator/id", findAccelerator(id));
  if (!found.ok || memoryGib === undefined) return found;
  return succeed({ ...found.value, visibleBytes: gib(memoryGib), visibleFrom: "driver" });
};

import { type Accelerator, findAccelerator } from "../hardware/index.ts";
import { attentionKind, type ModelArchitecture, resolveModel } from "../model/index.ts";
import type { AcceleratorReference } from "../request/accelerator-reference.ts";
import type { EngineRequest } from "../request/engine.ts";
import type { ModelReference } from "../request/model-reference.ts";
import type { ParallelLayoutRequest } from "../request/parallel-layout.ts";
import type { KvCacheFormat, PrecisionRequest } from "../request/precision.ts";
import { gib, type Outcome, refuse, succeed, under } from "../units/index.ts";
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
  const packed = under("/precision/kvCache", checkCacheFormat(request.precision?.kvCache, model.value));
  if (!packed.ok) return packed;
  return succeed({
    model: model.value,
    precision: resolvePrecision(model.value, request.precision),
    layout: layout.value,
    engine: resolveEngine(request.engine, model.value),
  });
};

/** The packed latent needs a latent: attention whose cache every rank holds whole. */
const checkCacheFormat = (format: KvCacheFormat | undefined, { layers }: ModelArchitecture): Outcome<undefined> => {
  const packs = layers.some(({ attention }) => attentionKind(attention).cacheSplit(attention).by === "replicated");
  return format === "fp8-ds-mla" && !packs
    ? refuse("", "fp8-ds-mla packs a latent cache, which this model does not have: use fp8")
    : succeed(undefined);
};

/** The accelerator a request names, with the memory it gives in place of the table's. */
export const resolveAccelerator = ({ id, memoryGib }: AcceleratorReference): Outcome<Accelerator> => {
  const found = under("/accelerator/id", findAccelerator(id));
  if (!found.ok || memoryGib === undefined) return found;
  return succeed({ ...found.value, visibleBytes: gib(memoryGib), visibleFrom: "driver" });
};

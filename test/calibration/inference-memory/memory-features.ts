import {
  type ActivationTerms,
  activationTerms,
  assessMemory,
  type MemoryAssessment,
  pipelineStages,
  resolveAccelerator,
  resolveReplica,
} from "@headroom/core";
import type { MemoryRow } from "../../truth/inference-memory-rows.ts";
import { textIn } from "../../truth/read-truth.ts";

/** A measurement with what the formulas count for it. */
export interface MemoryFeatures {
  readonly id: string;
  /** Model, accelerator, engine and layout: left out as a whole. */
  readonly configuration: string;
  readonly row: MemoryRow["row"];
  readonly assessed: MemoryAssessment;
  readonly terms: ActivationTerms;
  readonly ranks: number;
  readonly family: string;
}

/** Undefined where Headroom refuses the request. */
export const featuresOf = ({ row, request }: MemoryRow): MemoryFeatures | undefined => {
  const replica = resolveReplica(request);
  const accelerator = resolveAccelerator(request.accelerator);
  if (!replica.ok || !accelerator.ok) return undefined;
  const { model, layout } = replica.value;
  const assessed = assessMemory({
    model,
    layout,
    precision: request.precision,
    engine: request.engine,
    accelerator: accelerator.value,
    reserveShare: 0,
    concurrency: 1,
  });
  const stage = pipelineStages(model, layout.pipelineParallelSize).at(-1);
  if (!stage) return undefined;
  const { family } = accelerator.value;
  return {
    id: textIn(row, "row_id"),
    configuration: ["engine", "model", "gpu", "tp"].map((column) => textIn(row, column)).join("|"),
    row,
    assessed,
    terms: activationTerms({ model, stage, layout, engine: assessed.engine }),
    ranks: layout.tensorParallelSize,
    family,
  };
};

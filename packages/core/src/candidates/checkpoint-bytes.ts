import { pipelineStages, type Replica, type ServingPrecision, singleAccelerator, stageWeightBytes } from "../memory/index.ts";
import type { ModelArchitecture } from "../model/index.ts";
import { type Bytes, bytes, oncePer } from "../units/index.ts";

/** Of one copy of the weights, as the checkpoint holds them. */
export const checkpointBytes = ({ model, precision }: Pick<Replica, "model" | "precision">): Bytes => bytesOfPrecision(precision)(model);

const bytesOfPrecision = oncePer(({ weights: formats }: ServingPrecision) =>
  oncePer((model: ModelArchitecture) =>
    bytes(pipelineStages(model, 1).reduce((sum, stage) => sum + stageWeightBytes({ model, stage, layout: singleAccelerator, formats }), 0)),
  ),
);

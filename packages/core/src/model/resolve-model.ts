import type { ModelReference } from "../request/model-reference.ts";
import { invariant, type Outcome, succeed, under } from "../units/index.ts";
import { findBundledModel } from "./bundled-models.ts";
import { fitCheckpoint } from "./fit-checkpoint.ts";
import { fromHfConfig } from "./from-hf-config.ts";
import { fromSketch } from "./from-sketch.ts";
import type { ModelArchitecture } from "./model-architecture.ts";

/** The architecture a request names, or errors that point into the reference. */
export const resolveModel = (reference: ModelReference): Outcome<ModelArchitecture> => {
  const model = named(reference);
  if (!model.ok || !reference.checkpoint) return model;
  return under("/checkpoint", fitCheckpoint(model.value, reference.checkpoint));
};

const named = ({ id, config, sketch }: ModelReference): Outcome<ModelArchitecture> => {
  if (config) return under("/config", fromHfConfig(config, id));
  if (sketch) return succeed(fromSketch(sketch, id));
  invariant(id !== undefined, "a model reference has an id, a config or a sketch");
  return under("/id", findBundledModel(id));
};

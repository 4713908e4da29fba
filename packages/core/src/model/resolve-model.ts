import type { ModelReference } from "../request/model-reference.ts";
import { invariant, type Outcome, under } from "../units/index.ts";
import { findBundledModel } from "./bundled-models.ts";
import { fromHfConfig } from "./from-hf-config.ts";
import type { ModelArchitecture } from "./model-architecture.ts";

/** The architecture a request names, or errors that point into the reference. */
export const resolveModel = ({ id, config }: ModelReference): Outcome<ModelArchitecture> => {
  if (config) return under("/config", fromHfConfig(config, id));
  invariant(id !== undefined, "a model reference has an id or a config");
  return under("/id", findBundledModel(id));
};

import { resolveAccelerator } from "../memory/index.ts";
import { resolveModel } from "../model/index.ts";
import type { AcceleratorReference } from "../request/accelerator-reference.ts";
import type { ModelReference } from "../request/model-reference.ts";
import { contentHash, invariant, type Outcome, succeed, under } from "../units/index.ts";

/** What measurements are found again by. */
export interface MeasuredReplica {
  readonly model: string;
  readonly accelerator: string;
}

/** A bundled model by its id; one that the request describes, by the hash of the description, whatever it is called there. */
export const measuredReplica = (request: {
  readonly model: ModelReference;
  readonly accelerator: AcceleratorReference;
}): Outcome<MeasuredReplica> => {
  const model = under("/model", modelKey(request.model));
  if (!model.ok) return model;
  const accelerator = resolveAccelerator(request.accelerator);
  return accelerator.ok ? succeed({ model: model.value, accelerator: accelerator.value.id }) : accelerator;
};

const modelKey = (reference: ModelReference): Outcome<string> => {
  const model = resolveModel(reference);
  if (!model.ok) return model;
  const { id: _name, ...description } = reference;
  const described = Object.values(description).some((part) => part !== undefined);
  if (described) return succeed(`config:${contentHash(description)}`);
  invariant(model.value.id !== undefined, "a bundled model has an id");
  return succeed(model.value.id);
};

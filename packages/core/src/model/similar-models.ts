import { oncePer } from "../units/index.ts";
import { type BundledModel, bundledModels, findBundledModel } from "./bundled-models.ts";
import { countParameters } from "./count-parameters.ts";
import { fromSketch } from "./from-sketch.ts";
import { type ModelArchitecture, numHiddenLayersOf } from "./model-architecture.ts";

/** A published model, and what would have been assumed of it, had only its counts been known. */
export interface SimilarModel {
  readonly model: ModelArchitecture;
  readonly sketched: ModelArchitecture;
}

/** Enough for a tenth at either end, few enough to stay near in size. */
const howMany = 20;

/** The bundled models nearest to a sketch in the parameters that one token uses, sketched by what the sketch was told. */
export const similarModels = oncePer((sketch: ModelArchitecture): readonly SimilarModel[] => {
  const size = Math.log(countParameters(sketch).active);
  const isTold = (field: string) => sketch.assumed?.includes(field) === false;
  return shapesOf(bundledModels)
    .toSorted((a, b) => Math.abs(Math.log(a.active) - size) - Math.abs(Math.log(b.active) - size))
    .slice(0, howMany)
    .map(({ model, active }) => ({
      model,
      sketched: fromSketch(
        {
          parameters: Math.round(active),
          ...(isTold("layers") ? { layers: numHiddenLayersOf(model) } : {}),
          ...(isTold("hiddenSize") ? { hiddenSize: model.hiddenSize } : {}),
        },
        undefined,
      ),
    }));
});

/** In the order of the table; models of one size to the last parameter share a shape, and count once. */
const shapesOf = oncePer((models: readonly BundledModel[]) => {
  const shapes = new Map<number, { readonly model: ModelArchitecture; readonly active: number }>();
  for (const { id } of models) {
    const model = findBundledModel(id);
    if (!model.ok) continue;
    const { total, active } = countParameters(model.value);
    if (!shapes.has(total)) shapes.set(total, { model: model.value, active });
  }
  return [...shapes.values()];
});

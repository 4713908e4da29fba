import type { LayerGroup, ModelArchitecture } from "../model/index.ts";
import { numHiddenLayersOf } from "../model/index.ts";
import { oncePer } from "../units/index.ts";

/** The layers of one pipeline stage, equal ones together whatever their order; the first also holds the embedding, the last the head. */
export interface PipelineStage {
  readonly layers: readonly LayerGroup[];
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/**
 * Cuts the layers into stages as vLLM does: ⌊layers / stages⌋ each, the remainder one by one
 * from the last stage but one backwards, because the last also holds the head.
 */
export const pipelineStages = (model: ModelArchitecture, stages: number): readonly PipelineStage[] => {
  const known = stagesOf(model);
  const found = known.get(stages) ?? cutIntoStages(model, stages);
  known.set(stages, found);
  return found;
};

const stagesOf = oncePer((_: ModelArchitecture) => new Map<number, readonly PipelineStage[]>());

const cutIntoStages = (model: ModelArchitecture, stages: number): PipelineStage[] => {
  const layers = numHiddenLayersOf(model);
  const sizes = Array.from({ length: stages }, () => Math.floor(layers / stages));
  for (let extra = 0; extra < layers % stages; extra++) {
    const stage = stages - 2 - extra;
    sizes[stage] = (sizes[stage] ?? 0) + 1;
  }
  let start = 0;
  return sizes.map((size, index) => {
    const slice = sliceLayers(model.layers, start, start + size);
    start += size;
    return { layers: equalTogether(slice), isFirst: index === 0, isLast: index === stages - 1 };
  });
};

const sliceLayers = (groups: readonly LayerGroup[], from: number, to: number): LayerGroup[] => {
  const slice: LayerGroup[] = [];
  let start = 0;
  for (const group of groups) {
    const end = start + group.count;
    const count = Math.min(end, to) - Math.max(start, from);
    if (count > 0) slice.push({ ...group, count });
    start = end;
  }
  return slice;
};

const equalTogether = (groups: readonly LayerGroup[]): LayerGroup[] => {
  const together = new Map<string, LayerGroup>();
  for (const group of groups) {
    const shape = JSON.stringify({ ...group, count: 0 });
    const known = together.get(shape);
    together.set(shape, known ? { ...known, count: known.count + group.count } : group);
  }
  return [...together.values()];
};

import { defaultNodeSize } from "../defaults.ts";
import type { Accelerator } from "../hardware/index.ts";
import { numHiddenLayersOf } from "../model/index.ts";
import type { MemoryCase } from "./assess-memory.ts";
import { type ParallelLayout, resolveLayout } from "./resolve-layout.ts";

/**
 * Layouts of one replica over exactly `size` accelerators, in the asked style: where experts are spread over data ranks,
 * over that many of them; else tensor parallelism inside a node times pipeline stages, the widest tensor parallelism first.
 */
export const layoutsOfSize = ({ model, layout, accelerator }: MemoryCase, size: number): ParallelLayout[] =>
  (layout.expertParallel && layout.dataParallelSize > 1 ? spreadLayouts(layout, size) : tensorLayouts(layout, accelerator, size)).filter(
    (candidate) => candidate.pipelineParallelSize <= numHiddenLayersOf(model) && resolveLayout(candidate, model).ok,
  );

const spreadLayouts = (layout: ParallelLayout, size: number): ParallelLayout[] => {
  const { tensorParallelSize, pipelineParallelSize } = layout;
  const rest = tensorParallelSize * pipelineParallelSize;
  return size % rest === 0 ? [{ ...layout, dataParallelSize: size / rest }] : [];
};

const tensorLayouts = (layout: ParallelLayout, accelerator: Accelerator, size: number): ParallelLayout[] => {
  const widest = Math.min(size, Math.max(defaultNodeSize, accelerator.scaleUp.domain));
  const layouts: ParallelLayout[] = [];
  for (let tensor = widest; tensor >= 1; tensor--) {
    if (size % tensor !== 0) continue;
    layouts.push({
      ...layout,
      tensorParallelSize: tensor,
      pipelineParallelSize: size / tensor,
      dataParallelSize: 1,
      contextParallelSize: 1,
    });
  }
  return layouts;
};

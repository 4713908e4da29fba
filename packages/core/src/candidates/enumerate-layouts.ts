import type { ParallelLayout } from "../memory/index.ts";
import { attentionKind, hasExperts, type ModelArchitecture } from "../model/index.ts";

/** Layouts worth asking about on one instance, or on several of them. */
export interface SizedLayout {
  readonly layout: ParallelLayout;
  /** 1 or more. */
  readonly instances: number;
}

/** A replica spans at most this many instances. */
const mostInstances = 4;

/**
 * Tensor parallelism over every power of two that divides the heads and packs into an instance; for mixtures also
 * attention replicated over the ranks with the experts spread over them; over several instances, one pipeline stage each.
 */
export const enumerateLayouts = (model: ModelArchitecture, acceleratorsPerInstance: number, maySpan: boolean): SizedLayout[] => {
  const inside = tensorSizes(model, acceleratorsPerInstance).flatMap((size) => layoutsOfSize(model, size));
  const whole = wholeInstanceSize(model, acceleratorsPerInstance);
  if (!maySpan || whole === undefined) return inside;
  const across = Array.from({ length: mostInstances - 1 }, (_, index) => index + 2).map((instances) => ({
    layout: { tensorParallelSize: whole, pipelineParallelSize: instances, dataParallelSize: 1, expertParallel: false },
    instances,
  }));
  return [...inside, ...across];
};

/** Powers of two up to the instance, so that replicas pack without gaps. */
const tensorSizes = (model: ModelArchitecture, most: number): number[] => {
  const heads = model.layers.map(({ attention }) => attentionKind(attention).heads(attention));
  const sizes: number[] = [];
  for (let size = 1; size <= most; size *= 2) {
    if (most % size === 0 && heads.every((count) => count % size === 0)) sizes.push(size);
  }
  return sizes;
};

const wholeInstanceSize = (model: ModelArchitecture, acceleratorsPerInstance: number): number | undefined =>
  tensorSizes(model, acceleratorsPerInstance).find((size) => size === acceleratorsPerInstance);

const layoutsOfSize = (model: ModelArchitecture, size: number): SizedLayout[] => {
  const tensor = { tensorParallelSize: size, pipelineParallelSize: 1, dataParallelSize: 1, expertParallel: false };
  const spreadExperts = { tensorParallelSize: 1, pipelineParallelSize: 1, dataParallelSize: size, expertParallel: true };
  return [{ layout: tensor, instances: 1 }, ...(hasExperts(model) && size > 1 ? [{ layout: spreadExperts, instances: 1 }] : [])];
};

/** "TP8", "TP8 × PP2", "DEP8": how people write a layout. */
export const layoutName = ({ tensorParallelSize, pipelineParallelSize, dataParallelSize, expertParallel }: ParallelLayout): string => {
  const spread = dataParallelSize > 1 ? (expertParallel ? `DEP${dataParallelSize * tensorParallelSize}` : `DP${dataParallelSize}`) : "";
  const parts = [
    tensorParallelSize > 1 || (dataParallelSize === 1 && pipelineParallelSize === 1) ? `TP${tensorParallelSize}` : "",
    pipelineParallelSize > 1 ? `PP${pipelineParallelSize}` : "",
    spread,
  ];
  return parts.filter((part) => part !== "").join(" × ");
};

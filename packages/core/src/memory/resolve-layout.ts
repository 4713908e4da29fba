import { attentionKind, hasExperts, type ModelArchitecture, numHiddenLayersOf } from "../model/index.ts";
import type { ParallelLayoutRequest } from "../request/parallel-layout.ts";
import { type FieldError, type Outcome, refuseAll, succeed } from "../units/index.ts";

/** How one replica is spread over tensor × pipeline × data accelerators. */
export interface ParallelLayout {
  readonly tensorParallelSize: number;
  readonly pipelineParallelSize: number;
  readonly dataParallelSize: number;
  readonly expertParallel: boolean;
  /** Tensor-parallel ranks that share each request's cache by tokens, in place of replicas of it; absent: 1. */
  readonly contextParallelSize?: number;
}

export const singleAccelerator: ParallelLayout = {
  tensorParallelSize: 1,
  pipelineParallelSize: 1,
  dataParallelSize: 1,
  expertParallel: false,
};

export const acceleratorsOf = ({ tensorParallelSize, pipelineParallelSize, dataParallelSize }: ParallelLayout): number =>
  tensorParallelSize * pipelineParallelSize * dataParallelSize;

/** Ranks that share the experts of a layer whole. */
export const expertParallelSizeOf = (layout: ParallelLayout): number =>
  layout.expertParallel ? layout.tensorParallelSize * layout.dataParallelSize : 1;

/** Decides the sizes a request leaves out and refuses those the model cannot be split by. */
export const resolveLayout = (request: ParallelLayoutRequest | undefined, model: ModelArchitecture): Outcome<ParallelLayout> => {
  const layout: ParallelLayout = {
    tensorParallelSize: request?.tensorParallelSize ?? 1,
    pipelineParallelSize: request?.pipelineParallelSize ?? 1,
    dataParallelSize: request?.dataParallelSize ?? 1,
    expertParallel: request?.expertParallel ?? false,
    contextParallelSize: request?.contextParallelSize ?? 1,
  };
  const errors = layoutErrors(layout, model);
  return errors.length > 0 ? refuseAll(errors) : succeed(layout);
};

const layoutErrors = (layout: ParallelLayout, model: ModelArchitecture): FieldError[] => {
  const errors: FieldError[] = [];
  const { tensorParallelSize, pipelineParallelSize } = layout;
  for (const { attention } of model.layers) {
    const heads = attentionKind(attention).heads(attention);
    if (heads % tensorParallelSize !== 0) {
      errors.push({ pointer: "/tensorParallelSize", detail: `${tensorParallelSize} does not divide the model's ${heads} attention heads` });
      break;
    }
  }
  const layers = numHiddenLayersOf(model);
  if (pipelineParallelSize > layers) {
    errors.push({ pointer: "/pipelineParallelSize", detail: `${pipelineParallelSize} stages are more than the model's ${layers} layers` });
  }
  if (layout.expertParallel && !hasExperts(model)) {
    errors.push({ pointer: "/expertParallel", detail: "needs a mixture-of-experts model: this one has no experts" });
  }
  return [...errors, ...contextErrors(layout, model)];
};

/**
 * Context parallelism for decoding takes the place of cache replicas: it divides the ranks that hold the same heads.
 * Attention replicated on every rank (latent) has tp of them, grouped-query attention tp / kvHeads.
 */
const contextErrors = ({ tensorParallelSize, contextParallelSize = 1 }: ParallelLayout, model: ModelArchitecture): FieldError[] => {
  if (contextParallelSize === 1) return [];
  const replicas = model.layers.map(({ attention }) => {
    const split = attentionKind(attention).cacheSplit(attention);
    return split.by === "kv-heads" ? Math.max(1, tensorParallelSize / split.heads) : tensorParallelSize;
  });
  const fewest = Math.floor(Math.min(...replicas));
  if (fewest % contextParallelSize === 0) return [];
  const right = fewest > 1 ? `must divide ${fewest}, the ranks that hold the same cache` : "must be 1: no two ranks hold the same cache";
  return [{ pointer: "/contextParallelSize", detail: right }];
};

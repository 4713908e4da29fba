import { attentionKind, hasExperts, type ModelArchitecture, numHiddenLayersOf } from "../model/index.ts";
import type { TrainingRequest } from "../request/training-request.ts";
import { type FieldError, type Outcome, refuse, refuseAll, succeed } from "../units/index.ts";

/** How one training job is spread: tensor × pipeline × context × data accelerators. */
export interface TrainingLayout {
  readonly tensorParallelSize: number;
  readonly pipelineParallelSize: number;
  readonly contextParallelSize: number;
  readonly dataParallelSize: number;
  /** Ranks of the tensor, context and data groups that share a layer's experts. */
  readonly expertParallelSize: number;
  readonly virtualPipelineSize: number;
  readonly sequenceParallel: boolean;
}

export const resolveTrainingLayout = (
  { layout = {}, accelerators }: TrainingRequest,
  model: ModelArchitecture,
): Outcome<TrainingLayout> => {
  const { tensorParallelSize = 1, pipelineParallelSize = 1, contextParallelSize = 1, expertParallelSize = 1 } = layout;
  const perReplica = tensorParallelSize * pipelineParallelSize * contextParallelSize;
  if (accelerators % perReplica !== 0) {
    return refuse("/accelerators", `must be a multiple of tensor × pipeline × context parallelism, ${perReplica}`);
  }
  const sizes: TrainingLayout = {
    tensorParallelSize,
    pipelineParallelSize,
    contextParallelSize,
    dataParallelSize: accelerators / perReplica,
    expertParallelSize,
    virtualPipelineSize: layout.virtualPipelineSize ?? 1,
    sequenceParallel: layout.sequenceParallel ?? tensorParallelSize > 1,
  };
  const errors = layoutErrors(sizes, model);
  return errors.length > 0 ? refuseAll(errors) : succeed(sizes);
};

const layoutErrors = (layout: TrainingLayout, model: ModelArchitecture): FieldError[] => {
  const { tensorParallelSize, pipelineParallelSize, virtualPipelineSize } = layout;
  const errors: FieldError[] = [];
  const heads = model.layers
    .map(({ attention }) => attentionKind(attention).heads(attention))
    .find((count) => count % tensorParallelSize !== 0);
  if (heads !== undefined) {
    errors.push({
      pointer: "/layout/tensorParallelSize",
      detail: `must divide the model's ${heads} attention heads: ${tensorParallelSize} does not`,
    });
  }
  const layers = numHiddenLayersOf(model);
  if (pipelineParallelSize > layers) {
    errors.push({ pointer: "/layout/pipelineParallelSize", detail: `must be at most the model's ${layers} layers` });
  }
  // Embedding and head may fill a chunk of their own.
  if (virtualPipelineSize > 1 && pipelineParallelSize * virtualPipelineSize > layers + 2) {
    errors.push({
      pointer: "/layout/virtualPipelineSize",
      detail: `times pipelineParallelSize must be at most the model's ${layers} layers and its two ends`,
    });
  }
  return [...errors, ...expertErrors(layout, model)];
};

const expertErrors = (layout: TrainingLayout, model: ModelArchitecture): FieldError[] => {
  const { expertParallelSize, tensorParallelSize, contextParallelSize, dataParallelSize } = layout;
  if (expertParallelSize === 1) return [];
  const pointer = "/layout/expertParallelSize";
  if (!hasExperts(model)) return [{ pointer, detail: "must be 1: this model has no experts" }];
  const ranks = tensorParallelSize * contextParallelSize * dataParallelSize;
  return ranks % expertParallelSize === 0 ? [] : [{ pointer, detail: `must divide the ${ranks} ranks of one pipeline stage` }];
};

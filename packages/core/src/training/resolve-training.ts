import type { Accelerator } from "../hardware/index.ts";
import { type ParallelLayout, resolveAccelerator, resolveLayout } from "../memory/index.ts";
import { hasExperts, type ModelArchitecture, resolveModel } from "../model/index.ts";
import type { TrainingRequest } from "../request/training-request.ts";
import { type Outcome, refuse, succeed, under } from "../units/index.ts";

/** A training run with every default decided. */
export interface TrainingRun {
  readonly model: ModelArchitecture;
  readonly accelerator: Accelerator;
  readonly accelerators: number;
  /** Tensor and pipeline sizes; data parallelism is counted apart. */
  readonly layout: ParallelLayout;
  readonly dataParallelSize: number;
  readonly sequenceParallel: boolean;
  readonly precision: NonNullable<TrainingRequest["precision"]>;
  readonly optimizer: NonNullable<TrainingRequest["optimizer"]>;
  readonly shard: NonNullable<TrainingRequest["shard"]>;
  readonly recompute: NonNullable<TrainingRequest["recompute"]>;
  readonly sequenceLength: number;
  readonly microBatchSize: number;
  readonly globalBatchSize: number;
  /** Micro-batches that each data-parallel rank runs in one optimizer step. */
  readonly microBatches: number;
}

export const resolveTraining = (request: TrainingRequest): Outcome<TrainingRun> => {
  const model = under("/model", resolveModel(request.model));
  if (!model.ok) return model;
  if (hasExperts(model.value)) {
    return refuse("/model", "is a mixture of experts: training is estimated for dense models only");
  }
  const accelerator = resolveAccelerator(request.accelerator);
  if (!accelerator.ok) return accelerator;
  const { tensorParallelSize, pipelineParallelSize, sequenceParallel } = request.layout ?? {};
  const layout = under("/layout", resolveLayout({ tensorParallelSize, pipelineParallelSize }, model.value));
  if (!layout.ok) return layout;
  const perReplica = layout.value.tensorParallelSize * layout.value.pipelineParallelSize;
  if (request.accelerators % perReplica !== 0)
    return refuse("/accelerators", `must be a multiple of tensor × pipeline parallelism, ${perReplica}`);
  const dataParallelSize = request.accelerators / perReplica;
  const sequencesAtOnce = request.microBatchSize * dataParallelSize;
  if (request.globalBatchSize % sequencesAtOnce !== 0) {
    return refuse(
      "/globalBatchSize",
      `must be a multiple of microBatchSize × data parallelism, ${request.microBatchSize} × ${dataParallelSize}`,
    );
  }
  return succeed({
    model: model.value,
    accelerator: accelerator.value,
    accelerators: request.accelerators,
    layout: layout.value,
    dataParallelSize,
    sequenceParallel: sequenceParallel ?? layout.value.tensorParallelSize > 1,
    precision: request.precision ?? "bf16-mixed",
    optimizer: request.optimizer ?? "adamw",
    shard: request.shard ?? "zero-1",
    recompute: request.recompute ?? "selective",
    sequenceLength: request.sequenceLength,
    microBatchSize: request.microBatchSize,
    globalBatchSize: request.globalBatchSize,
    microBatches: request.globalBatchSize / sequencesAtOnce,
  });
};

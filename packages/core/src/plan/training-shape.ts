import type { PlacedLayout } from "../candidates/index.ts";
import type { TrainingJob } from "../request/index.ts";
import type { PlanLine } from "./plan-document.ts";

type Shape = Pick<PlanLine, "replicas" | "instancesPerReplica" | "replicasPerInstance" | "layout" | "precision" | "engine">;

/** A training run in the words of a plan's line: one replica over all of its machines. */
export const trainingShape = (
  job: TrainingJob,
  { instances, accelerators, layout }: { readonly instances: number; readonly accelerators: number; readonly layout: PlacedLayout },
): Shape => {
  const { tensorParallelSize, pipelineParallelSize } = layout;
  return {
    replicas: 1,
    instancesPerReplica: instances,
    replicasPerInstance: 1,
    layout: {
      tensorParallelSize,
      pipelineParallelSize,
      dataParallelSize: (accelerators * instances) / (tensorParallelSize * pipelineParallelSize),
      expertParallel: false,
    },
    precision: { weights: "bf16", kvCache: "bf16" },
    engine: {
      name: "training",
      gpuMemoryUtilization: 1,
      maxModelLen: job.sequenceLength,
      maxNumSeqs: job.microBatchSize,
      maxNumBatchedTokens: Math.min(10_000_000, job.microBatchSize * job.sequenceLength),
    },
  };
};

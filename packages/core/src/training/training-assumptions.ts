import { hasExperts } from "../model/index.ts";
import type { TrainingRequest } from "../request/training-request.ts";
import { roundTo } from "../units/index.ts";
import { expertImbalance } from "./micro-batch-time.ts";
import type { TrainingRun } from "./resolve-training.ts";
import { scaleOutBandwidth } from "./training-coefficients.ts";
import type { TrainingEstimate } from "./training-estimate.ts";
import { trainingFormat } from "./training-format.ts";
import { usefulTokenShare } from "./useful-tokens.ts";

type Assumptions = TrainingEstimate["assumptions"];

/** Everything that was decided for the request, and what the speed rests on. */
export const trainingAssumptions = (request: TrainingRequest, run: TrainingRun): Assumptions => ({
  accelerator: run.accelerator.id,
  framework: request.framework ? run.framework : `${run.framework} (the likely one)`,
  ...(run.frameworkVersion === undefined ? { frameworkVersion: "releases of early 2026" } : { frameworkVersion: run.frameworkVersion }),
  method: run.method,
  ...(run.method === "full" ? {} : { loraRank: run.loraRank, adaptersOn: "every linear matrix" }),
  precision: run.precision,
  computeFormat: computeFormat(run),
  optimizer: run.optimizer,
  shard: run.shard,
  recompute: run.recompute,
  gradientBits: run.gradientBits,
  chunkedLoss: run.chunkedLoss,
  ...(run.offload.size > 0 ? { offload: [...run.offload].sort().join(", ") } : {}),
  ...layoutAssumptions(run),
  ...batchAssumptions(run),
  ...draftAssumption(run),
  ...(run.model.assumed ? { shapeAssumed: run.model.assumed.join(", ") } : {}),
  ...(hasExperts(run.model) ? { expertLoadImbalance: expertImbalance } : {}),
  attention: run.unfusedAttention ? "scores kept" : "fused",
  networkGigabytesPerSecond: scaleOutBandwidth(run.accelerator) / 1e9,
  memoryShareReserved: run.memoryShareReserved,
  computeShareReserved: run.computeShareReserved,
});

/** The format that matrices multiply in; chips without bf16 take fp16. */
const computeFormat = ({ precision, accelerator }: TrainingRun): string => {
  const format = trainingFormat(precision, accelerator);
  return format === "bf16" && accelerator.peak.bf16 === undefined ? "fp16" : format;
};

const layoutAssumptions = ({ layout, nodeSize }: TrainingRun): Assumptions => ({
  nodeSize,
  tensorParallelSize: layout.tensorParallelSize,
  sequenceParallel: layout.sequenceParallel,
  pipelineParallelSize: layout.pipelineParallelSize,
  virtualPipelineSize: layout.virtualPipelineSize,
  contextParallelSize: layout.contextParallelSize,
  expertParallelSize: layout.expertParallelSize,
  dataParallelSize: layout.dataParallelSize,
});

const batchAssumptions = (run: TrainingRun): Assumptions => ({
  microBatchSize: run.microBatchSize,
  microBatches: run.microBatches,
  pipelineFlushes: run.pipelineFlushes,
  packing: run.packing,
  usefulTokenShare: roundTo(4, usefulTokenShare(run)),
});

const draftAssumption = ({ model }: TrainingRun): Assumptions => (model.draftLayers ? { multiTokenPrediction: "not trained" } : {});

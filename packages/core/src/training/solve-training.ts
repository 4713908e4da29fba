import type { TrainingRequest } from "../request/training-request.ts";
import { estimateRun } from "./estimate-run.ts";
import type { TrainingEstimate } from "./training-estimate.ts";

/** The largest or smallest size that fits, found by asking the forward question; undefined where the request only asks whether it fits. */
export const solveTraining = (request: TrainingRequest): TrainingEstimate["answer"] => {
  switch (request.solveFor) {
    case undefined:
    case "fit":
      return undefined;
    case "max-micro-batch":
      return { maxMicroBatchSize: largest(largestMicroBatch(request), (size) => fits(withMicroBatch(request, size))) };
    case "max-sequence":
      return { maxSequenceLength: largest(longestSequence, (sequenceLength) => fits({ ...request, sequenceLength })) };
    case "min-accelerators":
      return { minAccelerators: fewestAccelerators(request) };
  }
};

const longestSequence = 10_000_000;

/** PyTorch's pipelines cut a local batch that fills them, so a micro-batch stays below their stages. */
const largestMicroBatch = ({ shard, layout }: TrainingRequest): number =>
  shard === "fsdp" && (layout?.pipelineParallelSize ?? 1) > 1 ? (layout?.pipelineParallelSize ?? 1) - 1 : 65_536;

/** The same request with another micro-batch; the global batch grows where it could not fill one on every rank. */
export const withMicroBatch = (request: TrainingRequest, microBatchSize: number): TrainingRequest => {
  const ranks = dataParallelSizeOf(request);
  return { ...request, microBatchSize, globalBatchSize: Math.max(request.globalBatchSize, microBatchSize * ranks) };
};

const perReplica = ({ layout = {} }: TrainingRequest): number =>
  (layout.tensorParallelSize ?? 1) * (layout.pipelineParallelSize ?? 1) * (layout.contextParallelSize ?? 1);

export const dataParallelSizeOf = (request: TrainingRequest): number => request.accelerators / perReplica(request);

/** The same request on another number of replicas; the global batch is rounded up to a whole number of sequences a rank. */
export const withReplicas = (request: TrainingRequest, replicas: number): TrainingRequest => ({
  ...request,
  accelerators: replicas * perReplica(request),
  globalBatchSize: Math.ceil(request.globalBatchSize / replicas) * replicas,
});

const mostReplicas = 65_536;

const fewestAccelerators = (request: TrainingRequest): number => {
  const { tensorParallelSize = 1, contextParallelSize = 1, expertParallelSize = 1 } = request.layout ?? {};
  const shared = tensorParallelSize * contextParallelSize;
  const step = expertParallelSize / greatestCommonDivisor(expertParallelSize, shared);
  const replicas = smallest(Math.ceil(mostReplicas / step), (steps) => fits(withReplicas(request, steps * step)));
  return replicas * step * perReplica(request);
};

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

const fits = (request: TrainingRequest): boolean => {
  const estimated = estimateRun(request);
  return estimated.ok && estimated.value.verdict !== "does-not-fit";
};

/** Largest whole number up to `most` that holds, where holding never returns once lost; 0 where not even 1 holds. */
const largest = (most: number, holds: (size: number) => boolean): number => {
  let high = 1;
  while (high < most && holds(high)) high = Math.min(most, high * 2);
  if (holds(high)) return high;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
};

/** Smallest whole number up to `most` that holds, where holding stays once reached; 0 where none does. */
const smallest = (most: number, holds: (size: number) => boolean): number => {
  const failing = largest(most, (size) => !holds(size));
  return failing >= most ? 0 : failing + 1;
};

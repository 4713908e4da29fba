import { stageActivations } from "./activation-memory.ts";
import { trainingMemoryCoefficients } from "./data/training-memory-coefficients.ts";
import { outerStages } from "./rank-tensors.ts";
import type { TrainingRun } from "./resolve-training.ts";
import type { TrainingStepWork } from "./training-step-work.ts";

/** One direction between an accelerator and its host: PCIe 4 x16 as copies reach it. */
const hostLinkBytesPerSecond = 20e9;

/** Memory bandwidth that a host has for each accelerator's share of the optimizer: an eighth of two sockets. */
const hostMemoryBytesPerSecond = 40e9;

/** What offloading adds to a step beyond what a micro-batch hides. */
export interface OffloadSeconds {
  /** Once a step: gradients down, weights up, and the update on the host. */
  readonly optimizer: number;
  /** In each micro-batch, to be hidden behind it: weights up, forward and back, and activations down and up. */
  readonly perMicroBatch: number;
}

export const offloadSeconds = (run: TrainingRun, { parameters }: TrainingStepWork): OffloadSeconds => {
  const spread = run.shard === "ddp" ? () => 1 : (replicas: number) => replicas;
  const total = (of: (part: TrainingStepWork["parameters"][number]) => number) =>
    parameters.reduce((sum, part) => sum + of(part) / spread(part.replicas), 0);
  const trained = total((part) => part.trained);
  const weights = run.offload.has("parameters") ? (2 * 2 * total((part) => part.elements)) / hostLinkBytesPerSecond : 0;
  const activations = run.offload.has("activations") ? (2 * keptBytes(run)) / hostLinkBytesPerSecond : 0;
  const update = trained * ((run.gradientBits / 8 + 2) / hostLinkBytesPerSecond + 28 / hostMemoryBytesPerSecond);
  return { optimizer: run.offload.has("optimizer") ? update : 0, perMicroBatch: weights + activations };
};

const keptBytes = (run: TrainingRun): number => {
  const [first] = outerStages(run.model, run.layout);
  return first ? stageActivations({ ...run, microBatches: 1, offload: new Set() }, first, trainingMemoryCoefficients).keptBytes : 0;
};

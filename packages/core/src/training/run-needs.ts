import { type Bytes, bytes, toGib } from "../units/index.ts";
import { trainedElements } from "./model-states.ts";
import { type RankTensor, rankTensors } from "./rank-tensors.ts";
import type { TrainingRun } from "./resolve-training.ts";
import type { TrainingEstimate } from "./training-estimate.ts";
import { type TrainingMemory, totalTrainingBytes, trainingMemory } from "./training-memory.ts";

/** What a run needs beside its accelerators, in whole GiB. */
export const runNeeds = (run: TrainingRun, memory: TrainingMemory): TrainingEstimate["needs"] => ({
  storageGib: Math.ceil(toGib(bytes(publishedBytes(run) + checkpointBytes(run)))),
  ...(run.offload.size === 0 ? {} : { hostMemoryGib: Math.ceil(toGib(offloadedBytes(run, memory))) }),
});

/** A checkpoint holds each trained weight, its F32 copy and two moments once. */
export const checkpointBytes = (run: TrainingRun): Bytes =>
  bytes(14 * wholeTensors(run).reduce((sum, part) => sum + trainedElements(run, part), 0));

/** The weights that a run begins with, in 16 bits. */
const publishedBytes = (run: TrainingRun): number => 2 * wholeTensors(run).reduce((sum, { elements }) => sum + elements, 0);

const wholeTensors = ({ model, layout }: TrainingRun): readonly RankTensor[] =>
  rankTensors(model, { layers: model.layers, isFirst: true, isLast: true }, { ...layout, tensorParallelSize: 1, expertParallelSize: 1 });

/** What would lie on a node's accelerators if it did not wait in the host's memory. */
const offloadedBytes = (run: TrainingRun, memory: TrainingMemory): Bytes => {
  const kept = totalTrainingBytes(trainingMemory({ ...run, offload: new Set() }));
  const ranks = Math.min(run.nodeSize, run.accelerators);
  return bytes(Math.max(0, kept - totalTrainingBytes(memory)) * ranks);
};

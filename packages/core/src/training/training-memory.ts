import type { PipelineStage } from "../memory/index.ts";
import { layerTensors } from "../model/index.ts";
import { type Bytes, bytes, gib } from "../units/index.ts";
import { stageActivations } from "./activation-memory.ts";
import { trainingMemoryCoefficients } from "./data/training-memory-coefficients.ts";
import { type ModelStates, modelStates, wholeWeightBytes } from "./model-states.ts";
import { endTensors, onRank, outerStages, type RankTensor, rankTensors } from "./rank-tensors.ts";
import type { TrainingRun } from "./resolve-training.ts";
import type { TrainingMemoryCoefficients } from "./training-memory-coefficients.ts";

/** Peak memory of one rank, on the pipeline stage that needs most. */
export interface TrainingMemory extends ModelStates {
  readonly activationBytes: Bytes;
  readonly logitsBytes: Bytes;
  readonly buffersBytes: Bytes;
}

export const trainingMemory = (run: TrainingRun, coefficients: TrainingMemoryCoefficients = trainingMemoryCoefficients): TrainingMemory =>
  outerStages(run.model, run.layout)
    .map((stage) => stageMemory(run, stage, coefficients))
    .reduce((most, stage) => (totalTrainingBytes(stage) > totalTrainingBytes(most) ? stage : most));

export const totalTrainingBytes = (memory: TrainingMemory): number => Object.values(memory).reduce((sum, part) => sum + part, 0);

/** The logits' room is free again by the time a layer is recomputed, so only the larger of the two counts. */
const stageMemory = (run: TrainingRun, stage: PipelineStage, coefficients: TrainingMemoryCoefficients): TrainingMemory => {
  const tensors = rankTensors(run.model, stage, run.layout);
  const states = atThePeak(run, modelStates(run, tensors));
  const logits = stage.isLast ? logitsBytes(run, coefficients) : 0;
  const { keptBytes, recomputedBytes } = stageActivations(run, stage, coefficients);
  const activations = keptBytes + Math.max(0, recomputedBytes - logits);
  const gathered = gatheredBytes(run, stage, tensors);
  const fragments = coefficients.fragmentationShare * (activations + logits + gathered);
  return {
    ...states,
    activationBytes: bytes(activations),
    logitsBytes: bytes(logits),
    buffersBytes: bytes(gib(coefficients.runtimeGib) + fragments + gathered),
  };
};

/**
 * FSDP's gradients are born in the backward pass: with one micro-batch none is there when activations and logits peak.
 * Other frameworks hold their buffers throughout.
 */
const atThePeak = (run: TrainingRun, states: ModelStates): ModelStates =>
  run.shard === "fsdp" && run.microBatches === 1 ? { ...states, gradientsBytes: bytes(0) } : states;

/** The loss is taken over this share of the sequence at a time when it is chunked. */
const lossChunks = 8;

const logitsBytes = (run: TrainingRun, { bytesPerLogit }: TrainingMemoryCoefficients): number => {
  const { model, layout, traits, chunkedLoss, sequenceLength, microBatchSize } = run;
  return (
    ((sequenceLength / layout.contextParallelSize) * microBatchSize * model.vocabSize * bytesPerLogit[traits.loss]) /
    (layout.tensorParallelSize * (chunkedLoss ? lossChunks : 1))
  );
};

/**
 * Where weights are sharded, those that compute are whole: the vocabulary's ends and two layers, one in use and one on its way.
 * A pipeline over FSDP keeps its whole stage gathered, and sums whole gradients in F32, until the last micro-batch.
 */
const gatheredBytes = (run: TrainingRun, stage: PipelineStage, tensors: readonly RankTensor[]): number => {
  if (run.shard !== "fsdp" && run.shard !== "zero-3") return 0;
  if (run.shard === "fsdp" && run.layout.pipelineParallelSize > 1) return stageKeptWhole(run, tensors);
  const { model, layout } = run;
  const layers = stage.layers.map((group) =>
    wholeWeightBytes(
      run,
      layerTensors(group, model.hiddenSize).map((tensor) => onRank(tensor, layout)),
    ),
  );
  const ends = endTensors(model, stage).map((tensor) => onRank(tensor, layout));
  return 2 * Math.max(0, ...layers) + wholeWeightBytes(run, ends);
};

const stageKeptWhole = (run: TrainingRun, tensors: readonly RankTensor[]): number => {
  const gradients = run.microBatches > 1 && run.method === "full" ? 4 * tensors.reduce((sum, { elements }) => sum + elements, 0) : 0;
  return wholeWeightBytes(run, tensors) + gradients;
};

import { pipelineStages, stageWeightBytes } from "../memory/index.ts";
import { attentionKind, feedForwardKind, type LayerGroup, storedFormat, uniformFormats } from "../model/index.ts";
import { type Bytes, bytes, gib } from "../units/index.ts";
import type { TrainingRun } from "./resolve-training.ts";

/** Peak memory of the first pipeline stage, which holds the most activations. */
export interface TrainingMemory {
  readonly weightsBytes: Bytes;
  readonly gradientsBytes: Bytes;
  readonly optimizerBytes: Bytes;
  readonly activationBytes: Bytes;
  readonly logitsBytes: Bytes;
  readonly buffersBytes: Bytes;
}

/** Bytes for one parameter: weights and gradients as computed with, and what the optimizer keeps beside them. */
const bytesPerParameter = {
  "bf16-mixed": { weights: 2, gradients: 2, master: 4, moment: 4 },
  "fp16-mixed": { weights: 2, gradients: 2, master: 4, moment: 4 },
  bf16: { weights: 2, gradients: 2, master: 0, moment: 2 },
  fp32: { weights: 4, gradients: 4, master: 0, moment: 4 },
} as const;

const moments = { adamw: 2, sgd: 0 } as const;

/**
 * Model states (ZeRO, arXiv 1910.02054) with ψ parameters on the rank, N data-parallel ranks, K bytes of optimizer state:
 *
 *   ddp     (w + g + K) ψ
 *   zero-1  (w + g) ψ + K ψ / N
 *   zero-2  w ψ + (g + K) ψ / N
 *   zero-3  (w + g + K) ψ / N, with two layers' weights gathered at a time      (fsdp: the same)
 */
export const trainingMemory = (run: TrainingRun): TrainingMemory => {
  const perParameter = bytesPerParameter[run.precision];
  const optimizerState = perParameter.master + perParameter.moment * moments[run.optimizer];
  const parameters = stageParameters(run);
  const shards = (stages: readonly TrainingRun["shard"][]) => (stages.includes(run.shard) ? run.dataParallelSize : 1);
  const everything = ["zero-3", "fsdp"] as const;
  const weights = (parameters * perParameter.weights) / shards(everything);
  return {
    weightsBytes: bytes(weights),
    gradientsBytes: bytes((parameters * perParameter.gradients) / shards(["zero-2", ...everything])),
    optimizerBytes: bytes((parameters * optimizerState) / shards(["zero-1", "zero-2", ...everything])),
    activationBytes: bytes(activationBytes(run)),
    logitsBytes: bytes(run.layout.pipelineParallelSize === 1 ? logitsBytes(run) : 0),
    buffersBytes: bytes(gib(1) + (shards(everything) > 1 ? gatheredBytes(run, perParameter.weights) : 0)),
  };
};

const asElements = uniformFormats({ ...storedFormat("bf16"), bytesPerElement: 1 });

const stageParameters = ({ model, layout }: TrainingRun): number =>
  Math.max(
    ...pipelineStages(model, layout.pipelineParallelSize).map((stage) => stageWeightBytes({ model, stage, layout, formats: asElements })),
  );

/** Two layers are whole at once: the one that computes and the one that is fetched. */
const gatheredBytes = ({ model, layout }: TrainingRun, weightBytes: number): number => {
  const layer = model.layers.map((group) =>
    stageWeightBytes({ model, stage: { layers: [{ ...group, count: 1 }], isFirst: false, isLast: false }, layout, formats: asElements }),
  );
  return 2 * Math.max(...layer) * weightBytes;
};

/**
 * Activations that wait for the backward pass, 16-bit, with a fused attention that keeps no scores. For one token and layer:
 *
 *   kept by every tensor rank, or spread by sequence parallelism   8·hidden        (two norms' inputs and outputs)
 *   spread by tensor parallelism                                   4·query + 4·keyValue + 6·intermediate
 *   full recomputation keeps only the layer's input, 2·hidden, and one layer whole
 *
 * The first of p stages under 1F1B holds min(p, micro-batches) of them for its share of the layers. (Megatron, arXiv 2205.05198.)
 */
const activationBytes = (run: TrainingRun): number => {
  const { model, layout, sequenceParallel, microBatches } = run;
  const tokens = run.sequenceLength * run.microBatchSize;
  const { tensorParallelSize, pipelineParallelSize } = layout;
  const outside = 1 / (sequenceParallel ? tensorParallelSize : 1);
  const whole = (group: LayerGroup) => 8 * model.hiddenSize * outside + spreadBytes(group) / tensorParallelSize;
  const kept = run.recompute === "full" ? () => 2 * model.hiddenSize * outside : whole;
  const stage = pipelineStages(model, pipelineParallelSize)[0];
  const inFlight = Math.min(pipelineParallelSize, microBatches);
  const layers = stage?.layers.reduce((sum, group) => sum + group.count * kept(group), 0) ?? 0;
  const recomputed = run.recompute === "full" ? Math.max(...model.layers.map(whole)) : 0;
  return tokens * (layers * inFlight + recomputed);
};

const spreadBytes = ({ attention, feedForward }: LayerGroup): number => {
  const { query, keyValue } = attentionKind(attention).projectedWidths(attention);
  return 4 * query + 4 * keyValue + 2 * feedForwardKind(feedForward).intermediateWidth(feedForward);
};

/** Logits in 16 bits, again in F32 for the loss, and their gradient. */
const logitsBytes = ({ model, layout, sequenceLength, microBatchSize }: TrainingRun): number =>
  (sequenceLength * microBatchSize * model.vocabSize * (2 + 4 + 4)) / layout.tensorParallelSize;

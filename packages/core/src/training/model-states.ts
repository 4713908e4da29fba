import { type Bytes, bytes } from "../units/index.ts";
import type { RankTensor } from "./rank-tensors.ts";
import { isCounted, type TrainingRun } from "./resolve-training.ts";

/** Weights, gradients and optimizer states of one rank. */
export interface ModelStates {
  readonly weightsBytes: Bytes;
  readonly gradientsBytes: Bytes;
  readonly optimizerBytes: Bytes;
}

/** Bytes of one trained parameter: the weight as computed with, its F32 master copy, one moment of the optimizer. */
interface ParameterBytes {
  readonly weight: number;
  readonly master: number;
  readonly moment: number;
}

const mixed: ParameterBytes = { weight: 2, master: 4, moment: 4 };

/** FP8 and NVFP4 matrices are cut from 16-bit weights as they are needed. */
const parameterBytes: Readonly<Record<TrainingRun["precision"], ParameterBytes>> = {
  "bf16-mixed": mixed,
  "fp16-mixed": mixed,
  "fp8-mixed": mixed,
  "nvfp4-mixed": mixed,
  bf16: { weight: 2, master: 0, moment: 2 },
  fp32: { weight: 4, master: 0, moment: 4 },
};

/** NF4 with double quantization (QLoRA, arXiv 2305.14314): 4 bits and 0.127 bits of scales. */
const nf4Bytes = 4.127 / 8;

/** Moments of 8 bits with an F32 scale for each block of 256 (arXiv 2110.02861). */
const eightBitMomentBytes = 1 + 4 / 256;

const shardedFrom = {
  weights: ["zero-3", "fsdp"],
  gradients: ["zero-2", "zero-3", "fsdp"],
  optimizer: ["zero-1", "zero-2", "zero-3", "fsdp"],
};

const shards = (run: TrainingRun, part: keyof typeof shardedFrom, replicas: number): number =>
  shardedFrom[part].includes(run.shard) ? replicas : 1;

/**
 * Model states (ZeRO, arXiv 1910.02054) with ψ parameters on the rank, N ranks that hold the same, K bytes of optimizer state:
 *
 *   ddp     (w + g + K) ψ
 *   zero-1  (w + g) ψ + K ψ / N
 *   zero-2  w ψ + (g + K) ψ / N
 *   zero-3  (w + g + K) ψ / N          (fsdp: the same)
 *
 * Adapters (LoRA) leave the weights without gradients and states; only the adapters, rank · (rows + columns) each, have them.
 */
export const modelStates = (run: TrainingRun, tensors: readonly RankTensor[]): ModelStates => {
  const totals = { weights: 0, gradients: 0, optimizer: 0 };
  for (const part of tensors) {
    const trained = trainedElements(run, part);
    const frozen = run.method === "full" ? 0 : part.elements;
    const { weight, master } = parameterBytes[run.precision];
    totals.weights += (trained * weight + frozen * frozenBytes(run, part)) / shards(run, "weights", part.replicas);
    totals.gradients += trained * (run.gradientBits / 8 / shards(run, "gradients", part.replicas) + run.unreducedGradientBytes);
    totals.optimizer += (trained * (master + momentBytes(run, part))) / shards(run, "optimizer", part.replicas);
  }
  return {
    weightsBytes: bytes(run.offload.has("parameters") ? 0 : totals.weights),
    gradientsBytes: bytes(followOptimizer(run) ? 0 : totals.gradients),
    optimizerBytes: bytes(run.offload.has("optimizer") ? 0 : totals.optimizer),
  };
};

/** Gradients that are spread go down to the optimizer as they are born (ZeRO-Offload, arXiv 2101.06840). */
const followOptimizer = ({ offload, shard }: TrainingRun): boolean => offload.has("optimizer") && shardedFrom.gradients.includes(shard);

/** Parameters with gradients: all of them, or the adapters beside each linear matrix. */
export const trainedElements = ({ method, loraRank, model }: TrainingRun, { tensor, elements }: RankTensor): number => {
  if (method === "full") return elements;
  if (!tensor.quantized) return 0;
  // Counts without shapes are taken as square matrices of the hidden size.
  if (isCounted(model)) return (2 * loraRank * elements) / model.hiddenSize;
  const matrices = elements / (tensor.rows * tensor.columns);
  return loraRank * (tensor.rows + tensor.columns) * matrices;
};

const frozenBytes = ({ method, precision }: TrainingRun, { tensor }: RankTensor): number =>
  method === "qlora" && tensor.quantized ? nf4Bytes : parameterBytes[precision].weight;

/** Muon keeps one moment for the matrices of the layers and leaves the rest to AdamW. */
const momentBytes = ({ optimizer, precision }: TrainingRun, { tensor }: RankTensor): number => {
  const { moment } = parameterBytes[precision];
  switch (optimizer) {
    case "adamw":
      return 2 * moment;
    case "adamw-8bit":
      return 2 * eightBitMomentBytes;
    case "sgd":
      return 0;
    case "muon":
      return tensor.quantized ? moment : 2 * moment;
  }
};

/** Bytes of the weights of some tensors when they are whole on a rank. */
export const wholeWeightBytes = (run: TrainingRun, tensors: readonly RankTensor[]): number =>
  tensors.reduce((sum, part) => {
    const frozen = run.method === "full" ? 0 : part.elements * frozenBytes(run, part);
    return sum + frozen + trainedElements(run, part) * parameterBytes[run.precision].weight;
  }, 0);

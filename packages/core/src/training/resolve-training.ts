import { defaultNodeSize, defaultTraining } from "../defaults.ts";
import type { Accelerator } from "../hardware/index.ts";
import { resolveAccelerator } from "../memory/index.ts";
import { type ModelArchitecture, resolveModel } from "../model/index.ts";
import type { TrainingRequest } from "../request/training-request.ts";
import { type Outcome, refuse, succeed, under } from "../units/index.ts";
import { resolveTrainingLayout, type TrainingLayout } from "./resolve-training-layout.ts";
import { type FrameworkName, type FrameworkTraits, frameworkTraits, likelyFramework } from "./training-framework.ts";

type Chosen<K extends keyof TrainingRequest> = NonNullable<TrainingRequest[K]>;

/** A training run with every default decided. */
export interface TrainingRun {
  readonly model: ModelArchitecture;
  readonly accelerator: Accelerator;
  readonly accelerators: number;
  /** Accelerators that share the fast link. */
  readonly nodeSize: number;
  readonly layout: TrainingLayout;
  readonly method: Chosen<"method">;
  readonly loraRank: number;
  readonly precision: Chosen<"precision">;
  readonly optimizer: Chosen<"optimizer">;
  readonly shard: Chosen<"shard">;
  readonly recompute: Chosen<"recompute">;
  readonly offload: ReadonlySet<Chosen<"offload">[number]>;
  readonly chunkedLoss: boolean;
  readonly packing: boolean;
  readonly gradientBits: number;
  /** Of gradients that wait whole before they are spread. */
  readonly unreducedGradientBytes: number;
  readonly framework: FrameworkName;
  readonly frameworkVersion: string | undefined;
  readonly traits: FrameworkTraits;
  /** Attention kernels from before FlashAttention, with dropout: Megatron-LM 1 and 2, which the papers describe; Megatron Core counts from 0 again. */
  readonly unfusedAttention: boolean;
  readonly sequenceLength: number;
  readonly microBatchSize: number;
  readonly globalBatchSize: number;
  /** Micro-batches that each data-parallel rank runs in one optimizer step. */
  readonly microBatches: number;
  /** How often the pipeline drains in one optimizer step. */
  readonly pipelineFlushes: number;
  readonly memoryShareReserved: number;
  readonly computeShareReserved: number;
}

/** Whether a model is known by counts alone, without the shapes of its matrices. */
export const isCounted = ({ vocabularyWeights }: ModelArchitecture): boolean => vocabularyWeights === "counted-in-layers";

export const resolveTraining = (request: TrainingRequest): Outcome<TrainingRun> => {
  const model = under("/model", resolveModel(request.model));
  if (!model.ok) return model;
  const accelerator = resolveAccelerator(request.accelerator);
  if (!accelerator.ok) return accelerator;
  const layout = resolveTrainingLayout(request, model.value);
  if (!layout.ok) return layout;
  const batch = batchOf(request, layout.value);
  if (!batch.ok) return batch;
  return succeed({
    model: model.value,
    accelerator: accelerator.value,
    accelerators: request.accelerators,
    nodeSize: request.nodeSize ?? usualNodeSize(accelerator.value),
    layout: layout.value,
    ...choicesOf(request),
    ...frameworkOf(request),
    sequenceLength: request.sequenceLength,
    globalBatchSize: request.globalBatchSize,
    ...batch.value,
  });
};

const choicesOf = (request: TrainingRequest) => ({
  method: request.method ?? defaultTraining.method,
  loraRank: request.lora?.rank ?? defaultTraining.loraRank,
  precision: request.precision ?? defaultTraining.precision,
  optimizer: request.optimizer ?? defaultTraining.optimizer,
  shard: request.shard ?? defaultTraining.shard,
  recompute: request.recompute ?? defaultTraining.recompute,
  offload: new Set(request.offload ?? []),
  chunkedLoss: request.chunkedLoss ?? false,
  packing: request.packing ?? true,
  memoryShareReserved: request.reserve?.memoryShare ?? 0,
  computeShareReserved: request.reserve?.computeShare ?? 0,
});

const frameworkOf = (request: TrainingRequest) => {
  const framework = request.framework?.name ?? likelyFramework(request);
  const frameworkVersion = request.framework?.version;
  const traits = frameworkTraits(framework);
  return {
    framework,
    frameworkVersion,
    traits,
    gradientBits: request.gradientBits ?? gradientBitsOf(request, traits),
    unreducedGradientBytes: request.framework && request.shard === "zero-2" ? traits.unreducedGradientBytes : 0,
    unfusedAttention: framework === "megatron" && /^[12](\.|$)/.test(frameworkVersion ?? ""),
  };
};

/** A framework that is only guessed does not make gradients wider than the papers count them. */
const gradientBitsOf = ({ precision, framework }: TrainingRequest, traits: FrameworkTraits): number =>
  precision === "fp32" ? 32 : framework ? traits.gradientBits : defaultTraining.gradientBits;

/** Racks whose fast link spans more than two servers count as one node. */
const usualNodeSize = ({ scaleUp }: Accelerator): number => (scaleUp.domain > 2 * defaultNodeSize ? scaleUp.domain : defaultNodeSize);

/**
 * Each data-parallel rank takes its part of the global batch in micro-batches, the last one perhaps smaller.
 * PyTorch's pipelines cut a local batch that fills them into single sequences, and drain after each.
 */
const batchOf = (
  request: TrainingRequest,
  { dataParallelSize, pipelineParallelSize }: TrainingLayout,
): Outcome<Pick<TrainingRun, "microBatchSize" | "microBatches" | "pipelineFlushes">> => {
  if (request.globalBatchSize % dataParallelSize !== 0) {
    return refuse("/globalBatchSize", `must be a multiple of the ${dataParallelSize} data-parallel ranks`);
  }
  const sequences = request.globalBatchSize / dataParallelSize;
  const asked = Math.min(request.microBatchSize, sequences);
  const isCut = request.shard === "fsdp" && pipelineParallelSize > 1 && asked >= pipelineParallelSize;
  if (isCut) return succeed({ microBatchSize: 1, microBatches: sequences, pipelineFlushes: Math.ceil(sequences / asked) });
  return succeed({ microBatchSize: asked, microBatches: Math.ceil(sequences / asked), pipelineFlushes: 1 });
};

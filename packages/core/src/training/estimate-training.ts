import { countParameters } from "../model/index.ts";
import type { TrainingRequest } from "../request/training-request.ts";
import { type Outcome, refuse, roundTo, succeed, toGib } from "../units/index.ts";
import { resolveTraining, type TrainingRun } from "./resolve-training.ts";
import type { TrainingEstimate } from "./training-estimate.ts";
import { type TrainingMemory, trainingMemory } from "./training-memory.ts";

/**
 * Share of the dense 16-bit peak that dense models reach in public runs: 38 to 41 % on H100, 51 to 53 % on A100
 * (llm-foundry benchmarks). Half way between, with a band of a factor of 1.5.
 */
const typicalMfu = 0.42;
const bandFactor = 1.5;

/** Marginal above this share of the visible memory: allocators fragment and estimates err. */
const comfortableShare = 0.92;

/** Memory, step time and days of training a dense model. */
export const estimateTraining = (request: TrainingRequest): Outcome<TrainingEstimate> => {
  const resolved = resolveTraining(request);
  if (!resolved.ok) return resolved;
  const run = resolved.value;
  const peak = run.precision === "fp32" ? run.accelerator.peak.fp32 : (run.accelerator.peak.bf16 ?? run.accelerator.peak.fp16);
  if (peak === undefined) return refuse("/accelerator/id", `${run.accelerator.name} has no published rate for ${run.precision}`);
  const memory = trainingMemory(run);
  const step = stepTime(run, peak);
  const tokensPerStep = run.globalBatchSize * run.sequenceLength;
  const perAccelerator = tokensPerStep / step.total / run.accelerators;
  const hours = request.tokens === undefined ? undefined : (request.tokens / tokensPerStep) * (step.total / 3600);
  return succeed({
    perAccelerator: memoryAnswer(run, memory),
    ...verdictOf(run, memory),
    stepSeconds: roundTo(4, step.total),
    tokensPerSecondPerAccelerator: roundTo(2, perAccelerator),
    mfu: roundTo(4, (tokensPerStep * modelFlopsPerToken(run)) / (step.total * run.accelerators * peak)),
    ...(hours === undefined ? {} : { acceleratorHours: roundTo(2, hours * run.accelerators), days: roundTo(3, hours / 24) }),
    timeParts: { compute: roundTo(4, step.compute), recompute: roundTo(4, step.recompute), pipelineBubble: roundTo(4, step.bubble) },
    source: "roofline",
    interval: { tokensPerSecondPerAccelerator: [roundTo(2, perAccelerator / bandFactor), roundTo(2, perAccelerator * bandFactor)] },
    assumptions: assumptionsOf(run),
  });
};

/** 6 FLOPs for each parameter and token, and 12 · layers · hidden · sequence / 2 for causal attention. */
const modelFlopsPerToken = ({ model, sequenceLength }: TrainingRun): number => {
  const layers = model.layers.reduce((sum, { count }) => sum + count, 0);
  const { total, byPart } = countParameters(model);
  return 6 * (total - (model.tieWordEmbeddings ? 0 : byPart.embeddings)) + 6 * layers * model.hiddenSize * sequenceLength;
};

/**
 *   compute    model FLOPs / (accelerators · peak · MFU)
 *   recompute  a third more where every layer's forward pass runs twice
 *   bubble     (p − 1) / m of both, with p stages and m micro-batches (1F1B)
 */
const stepTime = (run: TrainingRun, peak: number): { compute: number; recompute: number; bubble: number; total: number } => {
  const compute = (run.globalBatchSize * run.sequenceLength * modelFlopsPerToken(run)) / (run.accelerators * peak * typicalMfu);
  const recompute = run.recompute === "full" ? compute / 3 : 0;
  const bubble = ((run.layout.pipelineParallelSize - 1) / run.microBatches) * (compute + recompute);
  return { compute, recompute, bubble, total: compute + recompute + bubble };
};

const totalBytes = (memory: TrainingMemory): number => Object.values(memory).reduce((sum, part) => sum + part, 0);

const memoryAnswer = ({ accelerator }: TrainingRun, memory: TrainingMemory): TrainingEstimate["perAccelerator"] => ({
  weightsGib: roundTo(6, toGib(memory.weightsBytes)),
  gradientsGib: roundTo(6, toGib(memory.gradientsBytes)),
  optimizerGib: roundTo(6, toGib(memory.optimizerBytes)),
  activationGib: roundTo(6, toGib(memory.activationBytes)),
  logitsGib: roundTo(6, toGib(memory.logitsBytes)),
  buffersGib: roundTo(6, toGib(memory.buffersBytes)),
  totalGib: roundTo(6, totalBytes(memory) / 2 ** 30),
  visibleGib: roundTo(6, toGib(accelerator.visibleBytes)),
});

const verdictOf = ({ accelerator }: TrainingRun, memory: TrainingMemory): Pick<TrainingEstimate, "verdict" | "reasons"> => {
  const missing = totalBytes(memory) - accelerator.visibleBytes;
  if (missing > 0) return { verdict: "does-not-fit", reasons: [`${(missing / 2 ** 30).toFixed(1)} GiB are missing on each accelerator`] };
  if (totalBytes(memory) > accelerator.visibleBytes * comfortableShare) {
    return { verdict: "marginal", reasons: [`only ${(-missing / 2 ** 30).toFixed(1)} GiB to spare on each accelerator`] };
  }
  return { verdict: "fits", reasons: [] };
};

const assumptionsOf = (run: TrainingRun): TrainingEstimate["assumptions"] => ({
  accelerator: run.accelerator.id,
  precision: run.precision,
  optimizer: run.optimizer,
  shard: run.shard,
  recompute: run.recompute,
  tensorParallelSize: run.layout.tensorParallelSize,
  pipelineParallelSize: run.layout.pipelineParallelSize,
  dataParallelSize: run.dataParallelSize,
  sequenceParallel: run.sequenceParallel,
  microBatches: run.microBatches,
  mfuOfCompute: typicalMfu,
});

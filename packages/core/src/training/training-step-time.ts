import { type Seconds, seconds } from "../units/index.ts";
import { microBatchSeconds } from "./micro-batch-time.ts";
import { offloadSeconds } from "./offload-time.ts";
import type { TrainingRun } from "./resolve-training.ts";
import { type KnownShare, matrixShare, type TrainingCoefficients, type TrainingFormat } from "./training-coefficients.ts";
import { trainingFormat } from "./training-format.ts";
import { gatherSeconds, type RankGroup, rankGroup, trainingLinks } from "./training-links.ts";
import type { TrainingStepWork } from "./training-step-work.ts";

/** One optimizer step by parts, which add up. */
export interface TrainingStepParts {
  readonly matrices: Seconds;
  readonly attention: Seconds;
  readonly experts: Seconds;
  /** Norms, activations, sorting of routed tokens: what moves through HBM between matrices. */
  readonly activations: Seconds;
  readonly recompute: Seconds;
  readonly host: Seconds;
  readonly tensorCollectives: Seconds;
  readonly contextCollectives: Seconds;
  readonly expertCollectives: Seconds;
  readonly pipelineBubble: Seconds;
  readonly dataCollectives: Seconds;
  readonly optimizer: Seconds;
  /** Traffic with the host that nothing hides. */
  readonly offload: Seconds;
}

export interface TrainingStepTime {
  readonly parts: TrainingStepParts;
  readonly total: Seconds;
  readonly format: TrainingFormat;
  readonly known: KnownShare;
}

/**
 * Time of one optimizer step with m micro-batches, p stages and v chunks of layers on each:
 *
 *   step   = (m + flushes · (p − 1) / v) · (computation + exposed collectives) + data-parallel collectives + optimizer
 *   matrix = passes · FLOPs / (peak · share)
 *
 * Collectives of sharded weights hide behind a micro-batch, gradients behind the last one: (a³ + b³)^⅓ stands for max(a, b) near equality.
 */
export const trainingStepTime = (run: TrainingRun, work: TrainingStepWork, coefficients: TrainingCoefficients): TrainingStepTime => {
  const format = trainingFormat(run.precision, run.accelerator);
  const known = matrixShare(run.accelerator, format, coefficients);
  const one = microBatchSeconds(run, work, { coefficients, format, known });
  const busy = sum(Object.values(one));
  const m = run.microBatches;
  const { pipelineParallelSize, virtualPipelineSize } = run.layout;
  const bubble = run.pipelineFlushes * ((pipelineParallelSize - 1) / virtualPipelineSize) * busy;
  const host = offloadSeconds(run, work);
  const data = dataSeconds(run, work, { coefficients, busy });
  const pace = softwarePace(run, work, coefficients) * (1 - run.computeShareReserved);
  const times = (part: number) => seconds((m * part) / pace);
  const once = (part: number) => seconds(part / pace);
  const parts: TrainingStepParts = {
    matrices: times(one.matrices),
    attention: times(one.attention),
    experts: times(one.experts),
    activations: times(one.activations),
    recompute: times(one.recompute),
    host: times(one.host),
    tensorCollectives: times(one.tensor),
    contextCollectives: times(one.context),
    expertCollectives: times(one.routing),
    pipelineBubble: once(bubble),
    dataCollectives: once(data),
    optimizer: once(run.offload.has("optimizer") ? 0 : optimizerSeconds(run, work)),
    offload: once(host.optimizer + m * beyond(busy, host.perMicroBatch)),
  };
  return { parts, total: seconds(sum(Object.values(parts))), format, known };
};

/** Releases of these frameworks are named by year and month; what was fitted is the speed of early 2026. */
const referenceYear = 2026.25;

const releaseYear = (version: string | undefined): number => {
  const dated = /^(2\d)\.(\d{1,2})/.exec(version ?? "");
  return dated ? 2000 + Number(dated[1]) + (Number(dated[2]) - 1) / 12 : referenceYear;
};

/** Software alone makes the same chip faster: pace = e^(growth · years). */
const softwarePace = (run: TrainingRun, { experts }: TrainingStepWork, coefficients: TrainingCoefficients): number =>
  Math.exp(yearsFromReference(run) * (experts ? coefficients.expertGrowthPerYear : coefficients.denseGrowthPerYear));

const yearsFromReference = ({ frameworkVersion, traits }: TrainingRun): number =>
  traits.family === "megatron" ? Math.max(-1, Math.min(0.5, releaseYear(frameworkVersion) - referenceYear)) : 0;

/** Data-parallel ranks stand beyond the tensor and context groups. */
const dataGroup = (run: TrainingRun, replicas: number): RankGroup => {
  const { tensorParallelSize, contextParallelSize, dataParallelSize } = run.layout;
  const ranks = tensorParallelSize * contextParallelSize * dataParallelSize;
  return rankGroup(run, { ranks: replicas, stride: ranks / replicas });
};

/**
 * Sharded weights (ZeRO-3, FSDP) are gathered forward and back in each micro-batch, and gradients scattered;
 * otherwise gradients are reduced and weights gathered once a step.
 */
const dataSeconds = (
  run: TrainingRun,
  work: TrainingStepWork,
  { coefficients, busy }: { coefficients: TrainingCoefficients; busy: number },
): number => {
  const links = trainingLinks(run, coefficients);
  const sharded = run.shard === "zero-3" || run.shard === "fsdp";
  const held = sharded && run.layout.pipelineParallelSize > 1;
  const gradientBytes = run.gradientBits / 8;
  const traffic = work.parameters.map(({ replicas, elements, trained }) =>
    gatherSeconds(
      links,
      dataGroup(run, replicas),
      sharded && !held ? 4 * elements + gradientBytes * trained : (2 + gradientBytes) * trained,
    ),
  );
  const times = sharded && !held ? run.microBatches : 1;
  return times * beyond(busy, sum(traffic));
};

/** What of `hidden` shows beyond `cover`. */
const beyond = (cover: number, hidden: number): number => Math.cbrt(cover ** 3 + hidden ** 3) - cover;

/** Weights, gradients, master copies and moments are read, and written back, at seven tenths of the bandwidth. */
const optimizerSeconds = (run: TrainingRun, { parameters }: TrainingStepWork): number => {
  const spread = run.shard === "ddp" ? () => 1 : (replicas: number) => replicas;
  const trained = parameters.reduce((total, part) => total + part.trained / spread(part.replicas), 0);
  return (trained * 30) / (0.7 * run.accelerator.memoryBandwidth);
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

import { hostBandwidth } from "../hardware/index.ts";
import { expertParallelSizeOf } from "../memory/index.ts";
import { type Seconds, seconds } from "../units/index.ts";
import { expertsHitShare } from "./experts-hit.ts";
import { allReduceSeconds, allToAllSeconds } from "./interconnect.ts";
import type { ServingSite } from "./serving-site.ts";

/** The named parts of one step; their sum is its time. */
export interface StepParts {
  readonly dense: Seconds;
  readonly experts: Seconds;
  readonly attention: Seconds;
  /** Norms, activations and residuals, which move through HBM between the matrices. */
  readonly elementwise: Seconds;
  readonly collectives: Seconds;
  readonly host: Seconds;
}

export const sumOfParts = ({ dense, experts, attention, elementwise, collectives, host }: StepParts): Seconds =>
  seconds(dense + experts + attention + elementwise + collectives + host);

/** 16-bit activations travel between ranks and through HBM. */
const activationBytesPerValue = 2;

/** What one step carries on each data rank and pipeline micro-batch. */
export interface StepBatch {
  readonly tokens: number;
  /** Over all data ranks, which share the experts. */
  readonly tokensOfAllRanks: number;
}

/**
 * Decode step of `running` sequences over the whole replica, each with `contextTokens` in its cache.
 * Each data rank and each pipeline micro-batch carries running / (dp · pp) of them.
 */
export const decodeStep = (site: ServingSite, running: number, contextTokens: number): StepParts =>
  decodeParts(site, decodeBatch(site, running), decodeBatch(site, running).tokens * attentionSecondsPerSequence(site, contextTokens));

/** Decode step of a batch whose attention is known. */
export const decodeParts = (site: ServingSite, batch: StepBatch, attentionSeconds: number): StepParts => {
  const { coefficients, replica } = site;
  const { pipelineParallelSize } = replica.layout;
  const host = coefficients.stepSeconds + batch.tokens * coefficients.sequenceSeconds;
  return {
    ...matrixParts(site, batch),
    attention: seconds(attentionSeconds),
    host: seconds(launchSeconds(site) + pipelineParallelSize * host),
  };
};

/**
 * Attention of a sequence's new tokens against its context, over all layers: the cache is read once, on the chip and on the host at the
 * same time, or multiplied with for each of the tokens.
 */
export const attentionSecondsPerSequence = (site: ServingSite, contextTokens: number, queries = 1): number => {
  const { work, coefficients, accelerator, sixteenBitPeak, replica } = site;
  const onHost = replica.engine.hostOffload.kvCache;
  const secondsPerByte = Math.max(
    (1 - onHost) / (accelerator.memoryBandwidth * coefficients.cacheRead),
    onHost / hostBandwidth(accelerator),
  );
  const rate = sixteenBitPeak * coefficients.decodeAttention;
  let total = 0;
  for (const part of work.attention)
    total += Math.max(part.cacheBytes(contextTokens) * secondsPerByte, (queries * part.decodeFlops(contextTokens)) / rate);
  return total;
};

export const decodeBatch = ({ replica }: ServingSite, running: number): StepBatch => {
  const { dataParallelSize, pipelineParallelSize } = replica.layout;
  const ofAllRanks = running / pipelineParallelSize;
  return { tokens: Math.max(Math.min(1, ofAllRanks), ofAllRanks / dataParallelSize), tokensOfAllRanks: ofAllRanks };
};

/** Kernels of a captured graph follow each other; without graphs each waits for the host. */
const launchSeconds = ({ work, coefficients, replica }: ServingSite): number =>
  work.matrices * (coefficients.kernelSeconds + (replica.engine.enforceEager ? coefficients.eagerKernelSeconds : 0));

/**
 * The parts of a step that depend on nothing but how many tokens it carries.
 *
 *   dense       weights read and multiplied: ‖bytes / read rate, tokens · FLOPs / matrix rate‖₄, for each stored format
 *   experts     the same over the experts that are hit, on the busiest rank
 *   elementwise tokens · layers · passes · hidden state / HBM
 *   collectives 2 all-reduces a layer, or 2 all-to-alls where experts are spread over data ranks
 */
export const matrixParts = (site: ServingSite, batch: StepBatch): Omit<StepParts, "attention" | "host"> => {
  const { work, coefficients, accelerator } = site;
  let dense = 0;
  for (const part of site.dense) dense += overlapped(part.weightBytes / part.read, (batch.tokens * part.flopsPerToken) / part.compute);
  const hidden = batch.tokens * work.layers * work.hiddenSize * activationBytesPerValue;
  return {
    dense: seconds(dense),
    experts: seconds(expertSeconds(site, batch)),
    elementwise: seconds((coefficients.activationPasses * hidden) / accelerator.memoryBandwidth),
    collectives: seconds(collectiveSeconds(site, batch)),
  };
};

/** Reading and multiplying overlap, but not where both take equally long: near the ridge both slow down. */
const overlapped = (reading: number, multiplying: number): number => {
  const [longer, shorter] = reading > multiplying ? [reading, multiplying] : [multiplying, reading];
  if (longer === 0) return 0;
  const ratio = (shorter / longer) ** 2;
  return longer * Math.sqrt(Math.sqrt(1 + ratio * ratio));
};

const expertSeconds = ({ mixtures, coefficients, replica, accelerator }: ServingSite, { tokens, tokensOfAllRanks }: StepBatch): number => {
  const { expertParallel, dataParallelSize } = replica.layout;
  const routed = expertParallel ? tokensOfAllRanks : tokens;
  const onRank = expertParallel ? tokensOfAllRanks / dataParallelSize : tokens;
  const onHost = replica.engine.hostOffload.experts;
  const imbalance = expertParallel && expertParallelSizeOf(replica.layout) > 1 ? coefficients.expertImbalance : 1;
  let total = 0;
  for (const { numExperts, numExpertsPerToken, weightBytes, flopsPerToken, read, compute } of mixtures) {
    const hit = expertsHitShare({ numExperts, numExpertsPerToken, tokens: routed, skew: coefficients.routingSkew });
    const bytesHit = weightBytes * Math.min(1, hit * imbalance);
    const reading = Math.max((bytesHit * (1 - onHost)) / read, (bytesHit * onHost) / hostBandwidth(accelerator));
    total += overlapped(reading, (onRank * flopsPerToken * imbalance) / compute);
  }
  return total;
};

const collectiveSeconds = ({ work, replica, tensorLink, expertLink, stageLink }: ServingSite, { tokens }: StepBatch): number => {
  const { tensorParallelSize, dataParallelSize, pipelineParallelSize, expertParallel } = replica.layout;
  const hiddenBytes = tokens * work.hiddenSize * activationBytesPerValue;
  const spreadsExperts = expertParallel && dataParallelSize > 1;
  const reductions = 2 * work.layers - (spreadsExperts ? work.mixtureLayers : 0);
  const expertRanks = expertParallelSizeOf(replica.layout);
  const ranksPerToken = Math.min(expertRanks, work.mixtures[0]?.numExpertsPerToken ?? 0);
  const exchanges = spreadsExperts ? 2 * work.mixtureLayers * allToAllSeconds(expertLink, expertRanks, hiddenBytes * ranksPerToken) : 0;
  const stages = (pipelineParallelSize - 1) * (stageLink.latency + hiddenBytes / stageLink.bandwidth);
  return reductions * allReduceSeconds(tensorLink, tensorParallelSize, hiddenBytes) + exchanges + stages;
};

/** Whether a decode step multiplies for longer than it reads weights. */
export const isComputeBound = (site: ServingSite, running: number): boolean => {
  const { tokens } = decodeBatch(site, running);
  const sum = (pick: (part: ServingSite["dense"][number]) => number) => site.dense.reduce((total, part) => total + pick(part), 0);
  return sum((part) => (tokens * part.flopsPerToken) / part.compute) > sum((part) => part.weightBytes / part.read);
};

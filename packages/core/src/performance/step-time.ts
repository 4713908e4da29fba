import { expertParallelSizeOf } from "../memory/index.ts";
import { type Seconds, seconds } from "../units/index.ts";
import { allReduceSeconds, allToAllSeconds } from "./interconnect.ts";
import type { ServingSite } from "./serving-site.ts";

/** The named parts of one step; their sum is its time. */
export interface StepParts {
  readonly dense: Seconds;
  readonly experts: Seconds;
  readonly attention: Seconds;
  readonly collectives: Seconds;
  readonly host: Seconds;
}

export const sumOfParts = ({ dense, experts, attention, collectives, host }: StepParts): Seconds =>
  seconds(dense + experts + attention + collectives + host);

/** 16-bit activations travel between ranks. */
const activationBytesPerValue = 2;

/** Attention kernels reach about this share of the matrix peak while decoding. */
const decodeAttentionEfficiency = 0.5;

/**
 * One decode step of `batch` sequences over the whole replica, each with `contextTokens` in its cache.
 *
 *   dense      max(weight bytes / (HBM · e), tokens · FLOPs / rate)
 *   experts    the same over the experts that are hit: 1 − (1 − k/E)^tokens of them
 *   attention  max(cache bytes / (HBM · e), tokens · FLOPs / rate)
 *   collectives 2 all-reduces a layer, or 2 all-to-alls where experts are spread over data ranks
 *   host       launches of each layer, scheduler, sampler
 *
 * Each data rank and each pipeline micro-batch carries batch / (dp · pp) of the sequences.
 */
export const decodeStep = (site: ServingSite, batch: number, contextTokens: number): StepParts => {
  const { work, coefficients, accelerator, replica } = site;
  const { dataParallelSize, pipelineParallelSize } = replica.layout;
  const tokens = batch / (dataParallelSize * pipelineParallelSize);
  const bandwidth = accelerator.memoryBandwidth;
  const cacheSeconds = work.attention.reduce(
    (sum, part) =>
      sum +
      Math.max(
        (tokens * part.cacheBytes(contextTokens)) / (bandwidth * coefficients.cacheRead),
        (tokens * part.decodeFlops(contextTokens)) / (site.sixteenBitPeak * decodeAttentionEfficiency),
      ),
    0,
  );
  return {
    dense: seconds(
      Math.max(work.denseWeightBytes / (bandwidth * coefficients.weightRead), (tokens * work.denseFlopsPerToken) / site.matrix.rate),
    ),
    experts: expertSeconds(site, tokens),
    attention: seconds(cacheSeconds),
    collectives: collectiveSeconds(site, tokens),
    host: seconds(work.layers * coefficients.perLayer + pipelineParallelSize * coefficients.perStep + tokens * coefficients.perSequence),
  };
};

/** One prompt on an otherwise idle replica. */
export const soloPrefill = (site: ServingSite, promptTokens: number): StepParts => {
  const { work, coefficients, accelerator, replica } = site;
  const riding = ridingPrefill(site, promptTokens);
  const weightSeconds = work.denseWeightBytes / (accelerator.memoryBandwidth * coefficients.weightRead);
  return {
    dense: seconds(Math.max(weightSeconds, riding.dense)),
    experts: expertSeconds(site, promptTokens),
    attention: riding.attention,
    collectives: collectiveSeconds(site, promptTokens),
    host: seconds(work.layers * coefficients.perLayer + replica.layout.pipelineParallelSize * coefficients.perStep),
  };
};

/** What a prompt adds to steps that run anyway: its work and its traffic, no weight reads, launches or latencies again. */
export const ridingPrefill = (site: ServingSite, promptTokens: number): StepParts => {
  const { work, coefficients } = site;
  const attentionFlops = work.attention.reduce((sum, part) => sum + part.prefillFlops(promptTokens), 0);
  return {
    dense: seconds((promptTokens * work.denseFlopsPerToken) / site.matrix.rate),
    experts: seconds((promptTokens * work.expertFlopsPerToken) / site.expertRate),
    attention: seconds(attentionFlops / (site.sixteenBitPeak * coefficients.prefillAttention)),
    collectives: seconds(collectiveSeconds(site, promptTokens) - collectiveSeconds(site, 0)),
    host: seconds(0),
  };
};

/** Of E experts with k for each token, the expected share that a batch hits: 1 − (1 − k/E)^tokens. */
export const expertsHitShare = (numExperts: number, numExpertsPerToken: number, tokens: number): number =>
  1 - (1 - numExpertsPerToken / numExperts) ** tokens;

const expertSeconds = ({ work, coefficients, accelerator, replica, expertRate }: ServingSite, tokens: number): Seconds => {
  const sharedTokens = replica.layout.expertParallel ? tokens * replica.layout.dataParallelSize : tokens;
  const bytesHit = work.mixtures.reduce(
    (sum, mixture) => sum + mixture.weightBytes * expertsHitShare(mixture.numExperts, mixture.numExpertsPerToken, sharedTokens),
    0,
  );
  return seconds(
    Math.max(bytesHit / (accelerator.memoryBandwidth * coefficients.expertWeightRead), (tokens * work.expertFlopsPerToken) / expertRate),
  );
};

const collectiveSeconds = ({ work, replica, tensorLink, expertLink, stageLink }: ServingSite, tokens: number): Seconds => {
  const { tensorParallelSize, dataParallelSize, pipelineParallelSize, expertParallel } = replica.layout;
  const hiddenBytes = tokens * work.hiddenSize * activationBytesPerValue;
  const spreadsExperts = expertParallel && dataParallelSize > 1;
  const reductions = 2 * work.layers - (spreadsExperts ? work.mixtureLayers : 0);
  const perToken = work.mixtures[0]?.numExpertsPerToken ?? 0;
  return seconds(
    reductions * allReduceSeconds(tensorLink, tensorParallelSize, hiddenBytes) +
      (spreadsExperts
        ? 2 * work.mixtureLayers * allToAllSeconds(expertLink, expertParallelSizeOf(replica.layout), hiddenBytes * perToken)
        : 0) +
      (pipelineParallelSize - 1) * (stageLink.latency + hiddenBytes / stageLink.bandwidth),
  );
};

/** Whether a decode step multiplies for longer than it reads weights. */
export const isComputeBound = ({ work, matrix, coefficients, accelerator, replica }: ServingSite, batch: number): boolean => {
  const tokens = batch / (replica.layout.dataParallelSize * replica.layout.pipelineParallelSize);
  return (tokens * work.denseFlopsPerToken) / matrix.rate > work.denseWeightBytes / (accelerator.memoryBandwidth * coefficients.weightRead);
};

import type { TrainingRun } from "./resolve-training.ts";
import { attentionShare, type KnownShare, matrixShare, type TrainingCoefficients, type TrainingFormat } from "./training-coefficients.ts";
import { trainingPeak } from "./training-format.ts";
import { gatherSeconds, rankGroup, routeSeconds, trainingLinks } from "./training-links.ts";
import type { TrainingStepWork } from "./training-step-work.ts";

export interface MatrixRates {
  readonly coefficients: TrainingCoefficients;
  readonly format: TrainingFormat;
  readonly known: KnownShare;
}

/** Hot experts get this many times the mean load although a loss balances them (TensorRT-LLM, 32 redundant experts: 1.11). */
export const expertImbalance = 1.1;

/** Seconds of one micro-batch on one stage, by what takes them. */
export const microBatchSeconds = (run: TrainingRun, work: TrainingStepWork, { coefficients, format, known }: MatrixRates) => {
  const { accelerator } = run;
  const sixteenBitPeak = trainingPeak(accelerator, "bf16") ?? 0;
  const rate = (trainingPeak(accelerator, format) ?? 0) * known.share;
  const wide = sixteenBitPeak * matrixShare(accelerator, "bf16", coefficients).share;
  const matrices = work.denseFlops / rate + work.headFlops / wide;
  const expertRate = wide * (rate / wide) ** coefficients.expertNarrowGain;
  const experts = (expertImbalance * work.expertFlops * expertSlowdown(work, coefficients)) / expertRate;
  const scores = sixteenBitPeak * attentionShare(accelerator, run.traits.family, coefficients);
  const attention = work.attentionFlops / scores + work.scanFlops / (sixteenBitPeak * coefficients.scan);
  const moved =
    (coefficients.activationPasses[run.traits.family] * work.denseActivationBytes +
      coefficients.expertActivationPasses * work.expertActivationBytes +
      lossBytesPerLogit[run.traits.loss] * work.logits) /
    accelerator.memoryBandwidth;
  const passes = matrixPasses(run);
  const extra = extraPasses(run);
  return {
    matrices: passes * matrices,
    experts: passes * experts,
    attention: attentionPasses * attention,
    activations: moved,
    recompute: extra.matrices * (matrices + experts + moved / 3) + extra.attention * attention,
    host: work.denseLayers * coefficients.denseLayerSeconds + work.expertLayers * coefficients.expertLayerSeconds,
    ...collectives(run, work, coefficients),
  };
};

/** What the loss moves for each logit: written and read in 16 bits and F32, then its gradient, in so many passes. */
const lossBytesPerLogit = { eager: 28, compiled: 18, fused: 14 } as const;

/** Small experts with few tokens fill few tiles: 1 + tokens½ / tokens + width½ / width. */
const expertSlowdown = ({ experts }: TrainingStepWork, { expertTokensHalf, expertWidthHalf }: TrainingCoefficients): number =>
  experts ? 1 + expertTokensHalf / experts.tokensEach + expertWidthHalf / experts.width : 1;

/** Exposed collectives of one micro-batch: two all-reduces a layer and direction, a ring of keys and values, dispatch and combine. */
const collectives = (run: TrainingRun, work: TrainingStepWork, coefficients: TrainingCoefficients) => {
  const { tensorParallelSize, contextParallelSize, expertParallelSize } = run.layout;
  const links = trainingLinks(run, coefficients);
  const again = run.recompute === "full" ? 1.5 : 1;
  const tensor = rankGroup(run, { ranks: tensorParallelSize, stride: 1 });
  const context = rankGroup(run, { ranks: contextParallelSize, stride: tensorParallelSize });
  const routing = rankGroup(run, { ranks: expertParallelSize, stride: 1 });
  return {
    tensor: coefficients.tensorExposed * again * 8 * gatherSeconds(links, tensor, work.hiddenBytes),
    context: coefficients.contextExposed * 3 * contextParallelSize * gatherSeconds(links, context, work.keyValueBytes),
    routing:
      coefficients.expertExposed * again * 4 * routeSeconds(links, routing, { bytes: work.routedBytes, copies: work.numExpertsPerToken }),
  };
};

/** Forward and backward passes: adapters leave out the gradients of the weights; fused attention computes its scores again. */
const matrixPasses = ({ method }: TrainingRun): number => (method === "full" ? 3 : 2);
const attentionPasses = 3.5;

/** Passes that recomputation adds: all of them, the attention alone (Megatron), or every second matrix (PyTorch). */
const extraPasses = ({ recompute, traits }: TrainingRun): { readonly matrices: number; readonly attention: number } => {
  switch (recompute) {
    case "none":
      return { matrices: 0, attention: 0 };
    case "selective":
      return traits.family === "megatron" ? { matrices: 0, attention: 1 } : { matrices: 0.5, attention: 0 };
    case "full":
      return { matrices: 1, attention: 1 };
  }
};

import { type Seconds, seconds } from "../units/index.ts";
import { engineScheduling } from "./engine-scheduling.ts";
import type { ServingSite } from "./serving-site.ts";
import { matrixParts, type StepBatch, type StepParts } from "./step-time.ts";

/** A prompt as the replica has to read it. */
export interface Prompt {
  /** Tokens that the prefix cache does not hold. */
  readonly newTokens: number;
  readonly cachedTokens: number;
}

type MatrixParts = ReturnType<typeof matrixParts>;

interface Riding {
  readonly prompt: Prompt;
  readonly attentionSeconds: Seconds;
  /** What the steps carry and take without the prompt. */
  readonly batch: StepBatch;
  readonly parts: MatrixParts;
  /** Prompts that share a step on a rank, 1 at least. */
  readonly together: number;
}

const nobody: StepBatch = { tokens: 0, tokensOfAllRanks: 0 };
const nothing: MatrixParts = { dense: seconds(0), experts: seconds(0), elementwise: seconds(0), collectives: seconds(0) };

/**
 * What one prompt adds to the steps it is read in.
 *
 * Mixed steps (chunked prefill): a step that decodes b sequences and reads g prompt tokens takes T(b + g) instead of T(b),
 * and runs outside the captured graph. Engines that read prompts in steps of their own pay T(g).
 */
export const promptParts = (site: ServingSite, riding: Riding): StepParts => {
  const { replica, work, coefficients } = site;
  const { prompt, together, attentionSeconds } = riding;
  const { dataParallelSize, expertParallel } = replica.layout;
  const apart = engineScheduling(replica.engine.name).prompts === "apart";
  const { batch, parts } = apart ? { batch: nobody, parts: nothing } : riding;
  const inStep = Math.min(together * prompt.newTokens, replica.engine.maxNumBatchedTokens);
  const ranksReading = expertParallel ? dataParallelSize : 1;
  const withPrompt = { tokens: batch.tokens + inStep, tokensOfAllRanks: batch.tokensOfAllRanks + inStep * ranksReading };
  const more = matrixParts(site, withPrompt);
  const share = prompt.newTokens / inStep;
  const launches = work.matrices * (coefficients.eagerKernelSeconds + (apart ? coefficients.kernelSeconds : 0));
  return {
    dense: seconds((more.dense - parts.dense) * share),
    experts: seconds((more.experts - parts.experts) * share),
    elementwise: seconds((more.elementwise - parts.elementwise) * share),
    collectives: seconds((more.collectives - parts.collectives) * share),
    attention: attentionSeconds,
    host: seconds(share * (launches + (apart ? coefficients.stepSeconds : 0))),
  };
};

/** A prompt on a replica that decodes nothing meanwhile. */
export const idlePromptParts = (site: ServingSite, alone: Pick<Riding, "prompt" | "attentionSeconds" | "together">): StepParts =>
  promptParts(site, { ...alone, batch: nobody, parts: nothing });

/** A prompt that nobody shares a step with. */
export const soloPromptParts = (site: ServingSite, prompt: Prompt): StepParts =>
  idlePromptParts(site, { prompt, attentionSeconds: promptAttentionSeconds(site, prompt), together: 1 });

/** Attention of the new tokens against each other and against the cached ones. */
const promptAttentionSeconds = (site: ServingSite, { newTokens, cachedTokens }: Prompt): Seconds => {
  const { work, coefficients, sixteenBitPeak } = site;
  let flops = 0;
  for (const part of work.attention) {
    flops += part.prefillFlops(newTokens + cachedTokens) - (cachedTokens > 0 ? part.prefillFlops(cachedTokens) : 0);
  }
  return seconds(flops / (sixteenBitPeak * coefficients.prefillAttention));
};

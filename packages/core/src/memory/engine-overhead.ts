import { feedForwardKind, type ModelArchitecture } from "../model/index.ts";
import { type Bytes, bytes, gib } from "../units/index.ts";
import type { EngineLimits } from "./resolve-engine.ts";
import { acceleratorsOf, type ParallelLayout } from "./resolve-layout.ts";

/**
 * Peak of the largest forward pass on one rank, found by engines in a profiling run of maxNumBatchedTokens.
 *
 *   bytes = tokens · (4·hidden + widest) · 2  +  sequences · vocabulary · 10
 *   widest = 3·intermediate / tp             dense layer: gate, up and their product
 *          = k · (hidden + 3·width / tp)     mixture: every routed copy of a token, in and out
 *
 * Four hidden states are alive at once (residual, normed input, attention output, projection); the sampler holds the
 * logits in F32 with two working copies. Follows the batch and the vocabulary, hardly the model's size.
 */
export const activationBytes = (model: ModelArchitecture, layout: ParallelLayout, engine: EngineLimits): Bytes => {
  const tokens = engine.maxNumBatchedTokens;
  const shape = { hiddenSize: model.hiddenSize, tensorParallelSize: layout.tensorParallelSize };
  const widest = Math.max(...model.layers.map(({ feedForward }) => feedForwardKind(feedForward).widestActivation(feedForward, shape)));
  const logits = Math.min(engine.maxNumSeqs, tokens) * Math.ceil(model.vocabSize / layout.tensorParallelSize) * 10;
  return bytes(tokens * (4 * model.hiddenSize + widest) * 2 + logits);
};

/** Driver context and kernels; buffers of the collectives once there are peers; captured graphs. Measured spread: 0.5 to 2.5 GiB. */
export const runtimeBytes = (layout: ParallelLayout, engine: EngineLimits): Bytes => {
  const context = gib(0.6);
  const collectives = acceleratorsOf(layout) > 1 ? gib(1) : gib(0);
  const graphs = engine.enforceEager ? gib(0) : gib(0.5);
  return bytes(context + collectives + graphs);
};

import { attentionKind, type ModelArchitecture } from "../../model/index.ts";
import { gib } from "../../units/index.ts";
import { inferenceOverhead } from "../data/inference-overhead.ts";
import type { EngineMemory, RankInEngine } from "./engine-memory.ts";

const coefficients = inferenceOverhead.transformers;

/** A prompt that people run by hand; the model's whole context would need a score matrix of terabytes. */
const usualPromptTokens = 4096;

const heads = ({ layers }: ModelArchitecture): number =>
  layers.reduce((most, { attention }) => Math.max(most, attentionKind(attention).heads(attention)), 0);

/**
 * Peak of one forward pass of plain transformers over a padded batch, with logits of every position and whole score matrices:
 *
 *   bytes = tokens · (vocabulary · logitBytes / tp + prompt · heads · scoreBytes / tp)      tokens = sequences · prompt
 */
export const transformersActivationTerms = ({ model, layout, engine }: Pick<RankInEngine, "model" | "layout" | "engine">) => {
  const tokens = engine.maxNumBatchedTokens;
  const { tensorParallelSize } = layout;
  return {
    logits: (tokens * model.vocabSize) / tensorParallelSize,
    scores: (tokens * engine.maxModelLen * heads(model)) / tensorParallelSize,
  };
};

/** Plain transformers has no pool: the cache grows into what is left. */
export const transformers: EngineMemory = {
  defaults: ({ maxModelLen }) => ({ gpuMemoryUtilization: 1, maxNumSeqs: 1, maxNumBatchedTokens: maxModelLen }),
  defaultModelLen: ({ maxPositionEmbeddings }) => Math.min(maxPositionEmbeddings, usualPromptTokens),
  overhead: (rank) => {
    const { logits, scores } = transformersActivationTerms(rank);
    return {
      activationBytes: coefficients.logitBytes * logits + coefficients.scoreBytes * scores,
      runtimeBytes: gib(coefficients.processGib),
      outsideBytes: 0,
    };
  },
  budget: ({ usableBytes }) => usableBytes,
  blockTokens: 1,
  pages: "separate",
  chunkedLayersKeep: "current-chunk",
  outsideTheBudget: () => undefined,
};

import { gib } from "../../units/index.ts";
import { inferenceOverhead } from "../data/inference-overhead.ts";
import { activationTerms } from "./activation-terms.ts";
import { allToAllBytes } from "./all-to-all-buffers.ts";
import { peerBytes } from "./device-terms.ts";
import type { EngineMemory } from "./engine-memory.ts";

const coefficients = inferenceOverhead.tensorrtLlm;

/**
 * TensorRT-LLM allocates its activations from maxNumBatchedTokens (max_num_tokens) and gives the cache its fraction of
 * what is free then; the rest stays free (`docs/source/reference/memory.md`).
 */
export const tensorrtLlm: EngineMemory = {
  defaults: () => ({ gpuMemoryUtilization: 0.9, maxNumSeqs: 256, maxNumBatchedTokens: 8192 }),
  defaultModelLen: ({ maxPositionEmbeddings }) => maxPositionEmbeddings,
  overhead: (rank) => ({
    activationBytes: 2 * coefficients.forwardCopies * activationTerms(rank).forwardElements,
    runtimeBytes:
      gib(coefficients.processGib) +
      coefficients.memoryShare * rank.visibleBytes +
      peerBytes(rank, coefficients.peersGib) +
      allToAllBytes(rank.model, rank.layout),
    outsideBytes: 0,
  }),
  budget: ({ usableBytes, fraction, fixedBytes }) =>
    usableBytes <= fixedBytes ? usableBytes : fixedBytes + (usableBytes - fixedBytes) * fraction,
  blockTokens: 32,
  pages: "separate",
  chunkedLayersKeep: "current-chunk",
  outsideTheBudget: () => "what the fraction leaves free",
};

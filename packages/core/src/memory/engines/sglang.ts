import { gib, mib, toGib } from "../../units/index.ts";
import { inferenceOverhead } from "../data/inference-overhead.ts";
import { activationTerms } from "./activation-terms.ts";
import { allToAllBytes } from "./all-to-all-buffers.ts";
import { capturedGraphBytes, peerBytes } from "./device-terms.ts";
import type { DefaultsQuestion, EngineMemory } from "./engine-memory.ts";

const coefficients = inferenceOverhead.sglang;

/** Chunk of a prefill and largest captured batch by memory (sglang `server_args.py`). */
const sizesFor = (visibleGib: number): { readonly chunkTokens: number; readonly graphBatch: number } => {
  if (visibleGib < 35) return { chunkTokens: 2048, graphBatch: 16 };
  if (visibleGib < 60) return { chunkTokens: 4096, graphBatch: 64 };
  if (visibleGib < 160) return { chunkTokens: 8192, graphBatch: 256 };
  return { chunkTokens: 16_384, graphBatch: 512 };
};

/**
 * What SGLang keeps out of its static share when nobody sets it (`server_args.py`):
 *   ½ GiB + 1.5 MiB · chunk + 2 MiB · graph batch + 1 GiB · ranks / 8
 */
const staticShare = ({ accelerator, ranks }: DefaultsQuestion): number => {
  const { chunkTokens, graphBatch } = sizesFor(toGib(accelerator.visibleBytes));
  const reserved = gib(0.5) + mib(1.5 * chunkTokens) + mib(2 * graphBatch) + gib(ranks / 8);
  return Math.round(Math.min(0.92, Math.max(0.5, 1 - reserved / accelerator.visibleBytes)) * 1000) / 1000;
};

/** SGLang's fraction holds weights and pool; activations and graphs live beyond it. */
export const sglang: EngineMemory = {
  defaults: (question) => ({
    gpuMemoryUtilization: staticShare(question),
    maxNumSeqs: 256,
    maxNumBatchedTokens: sizesFor(toGib(question.accelerator.visibleBytes)).chunkTokens,
  }),
  defaultModelLen: ({ maxPositionEmbeddings }) => maxPositionEmbeddings,
  overhead: (rank) => {
    const { forwardElements, samplerElements } = activationTerms(rank);
    return {
      activationBytes: 0,
      runtimeBytes: gib(coefficients.processGib) + peerBytes(rank, coefficients.peersGib) + allToAllBytes(rank.model, rank.layout),
      outsideBytes: 2 * forwardElements + coefficients.samplerBytes * samplerElements + capturedGraphBytes(rank),
    };
  },
  budget: ({ usableBytes, fraction }) => usableBytes * fraction,
  blockTokens: 1,
  pages: "separate",
  chunkedLayersKeep: "current-chunk",
  outsideTheBudget: () => "activations and captured graphs",
};

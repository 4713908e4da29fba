import { gib } from "../../units/index.ts";
import { inferenceOverhead } from "../data/inference-overhead.ts";
import { activationTerms } from "./activation-terms.ts";
import { allToAllBytes } from "./all-to-all-buffers.ts";
import { capturedGraphBytes, peerBytes } from "./device-terms.ts";
import type { EngineMemory, RankInEngine } from "./engine-memory.ts";
import { isSince } from "./engine-release.ts";

const coefficients = inferenceOverhead.vllm;

/** Releases from which something about memory changed, with the change that did it. */
const since = {
  /** V1: chunked prefill always, FlashInfer's sampler where it is installed (vllm#11394). */
  v1: "0.8",
  /** FlashInfer's sampler off again: the native one sorts the vocabulary (vllm#26859). */
  sortingSampler: "0.11",
  /** Masks in Triton, without a sort (vllm#32558 and its successor). */
  tritonSampler: "0.17",
  /** FlashInfer's sampler on (vllm#40376); graphs are estimated and counted inside the fraction, whose default rose to 0.92. */
  graphsCounted: "0.21",
};

type Sampler = keyof typeof coefficients.samplerBytes;

/** FlashInfer runs on NVIDIA only. Where no release is stated, the sampler that takes most. */
const samplerOf = ({ engine: { version }, family }: RankInEngine): Sampler => {
  const onAmd = family.startsWith("cdna");
  if (version === undefined) return "sort";
  if (isSince(version, since.graphsCounted)) return onAmd ? "triton" : "flashinfer";
  if (isSince(version, since.tritonSampler)) return "triton";
  if (isSince(version, since.sortingSampler) || onAmd) return "sort";
  return isSince(version, since.v1) ? "flashinfer" : "sort";
};

const graphsCounted = ({ engine }: Pick<RankInEngine, "engine">): boolean => isSince(engine.version, since.graphsCounted);

/** Limits of an accelerator with much memory; vLLM leaves A100 out by name. */
const isLarge = ({ visibleBytes, family }: { readonly visibleBytes: number; readonly family: string }): boolean =>
  visibleBytes >= gib(70) && family !== "ampere";

/**
 * vLLM profiles a forward pass and the sampler, and makes the pool of what the fraction leaves.
 *
 *   activation = max(forward · 2 B · f,  kept · 2 B · k + sampler · bytes(release))
 *   pool = visible · fraction − weights − activation − runtime
 */
export const vllm: EngineMemory = {
  defaults: ({ version, accelerator, maxModelLen }) => {
    const gpuMemoryUtilization = version !== undefined && isSince(version, since.graphsCounted) ? 0.92 : 0.9;
    if (!isSince(version, since.v1)) {
      const wholePrompts = maxModelLen <= 32_768;
      return { gpuMemoryUtilization, maxNumSeqs: 256, maxNumBatchedTokens: wholePrompts ? Math.max(maxModelLen, 2048) : 2048 };
    }
    return isLarge(accelerator)
      ? { gpuMemoryUtilization, maxNumSeqs: 1024, maxNumBatchedTokens: 8192 }
      : { gpuMemoryUtilization, maxNumSeqs: 256, maxNumBatchedTokens: 2048 };
  },
  defaultModelLen: ({ maxPositionEmbeddings }) => maxPositionEmbeddings,
  overhead: (rank) => {
    const { forwardElements, keptElements, samplerElements } = activationTerms(rank);
    const forward = 2 * coefficients.forwardShare * forwardElements;
    const sampling = 2 * coefficients.keptCopies * keptElements + coefficients.samplerBytes[samplerOf(rank)] * samplerElements;
    const graphs = capturedGraphBytes(rank);
    return {
      activationBytes: Math.max(forward, sampling),
      runtimeBytes:
        gib(coefficients.processGib) +
        peerBytes(rank, coefficients.peersGib) +
        allToAllBytes(rank.model, rank.layout) +
        (graphsCounted(rank) ? graphs : 0),
      outsideBytes: graphsCounted(rank) ? 0 : graphs,
    };
  },
  budget: ({ usableBytes, fraction }) => usableBytes * fraction,
  blockTokens: 16,
  pages: "shared",
  /** vLLM gives such layers the whole context: freeing chunks cost it latency, so it is off by default (`vllm/config/vllm.py`). */
  chunkedLayersKeep: "whole-context",
  outsideTheBudget: (engine) => (graphsCounted({ engine }) || engine.enforceEager ? undefined : "captured graphs"),
};

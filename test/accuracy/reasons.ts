import type { MissReason } from "./render-accuracy.ts";

/** Why rows miss, as far as their sources and notes tell. */
export const memoryReasons: readonly MissReason[] = [
  [/^I329 /, "adds up only at a fraction of 0.95, not at the 0.9 it states"],
  [/^I364 /, "loaded its MXFP4 weights through Marlin, which repacks them"],
  [/^I35[67] /, "an engine older than vLLM V1, with no release stated"],
  [/^I366 /, "a pool of 1.6 GiB beside 21 GiB of weights: a tenth of a GiB is 6 % of it"],
  [/^I384 /, "attention was probably replicated over data ranks, which the row does not say"],
  [/^I340 /, "two nodes: the engine also counted a peer's buffers"],
  [/HF transformers/, "one allocator's peak: it rounds up and fragments differently from run to run"],
];

export const trainingMemoryReasons: readonly MissReason[] = [
  [/^T(039|189) /, "trained in plain bf16, which the row's request cannot say: asked as mixed precision"],
  [/torchtitan.*PP/, "a pipeline schedule of another order than 1F1B keeps other micro-batches in flight"],
];

export const trainingSpeedReasons: readonly MissReason[] = [
  [/Qwen3_30B/, "a small mixture, bound by launches and routing: releases of one framework differ by a factor of two"],
  [/DeepSeek|Qwen3_235B|GPT-?OSS/i, "mixtures moved by a third between releases within half a year; the fit centres on the later ones"],
];

export const servingReasons: readonly MissReason[] = [
  [/H200.*vLLM\|llama3-8b\|fp8/, "the whole curve of this run is faster than its weights can be read; prefix caching is one guess"],
  [/MI300X.*llama3-405b/, "405B on an early ROCm release, several times slower than later ones"],
  [/NIM/, "a packaged engine of a release that is not stated"],
];

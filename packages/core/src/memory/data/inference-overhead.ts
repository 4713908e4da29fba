/**
 * Written by test/calibration/fit-inference-memory.ts from truth/memory-inference.csv
 * (sha256 8ebd8194fa6fc3140ce2cb952955960ab33f9a6dcbc775c099a01fb7d58700aa), 2026-11-25. Rows: 8 sampler, 2 forward, 2 FlashInfer,
 * 1 SGLang, 40 TensorRT-LLM, 29 transformers.
 *
 * Not fitted, for want of rows: triton (12 B beyond F32 logits, the table of vllm#32558), graphs (middles of the ranges seen:
 * -1 to 2.5 GiB on H200, 0.5 to 2.5 on B200, 2.6 to 9 on MI300X), SGLang's collectives and sampler.
 */
export const inferenceOverhead = {
  vllm: {
    samplerBytes: { sort: 38.2, triton: 16, flashinfer: 13.5 },
    keptCopies: 1.43,
    forwardShare: 1,
    processGib: 0.13,
    peersGib: 0.42,
  },
  sglang: { processGib: 1.11, peersGib: 0.6, samplerBytes: 16 },
  tensorrtLlm: {
    processGib: 0.88,
    memoryShare: 0.0093,
    peersGib: 1.34,
    forwardCopies: 2.84,
  },
  transformers: { processGib: 0.5, logitBytes: 6.6, scoreBytes: 9 },
  graphsGib: { hopper: 0.5, blackwell: 1.2, cdna3: 4.8, cdna4: 4.8, other: 0.5 },
  poolBandUnits: { releaseStated: 1.5, releaseNotStated: 2.6 },
} as const;

export const inferenceOverhead = {
  vllm: {
    samplerBytes: { sort: 38.2, triton: 16, flashinfer: 12 },
    keptCopies: 1.3,
    forwardShare: 1,
    processGib: 0.13,
    peersGib: 0.41,
  },
  sglang: { processGib: 0.8, peersGib: 0.6, samplerBytes: 16 },
  tensorrtLlm: { processGib: 2.5, peersGib: 0.8, forwardShare: 1 },
  transformers: { processGib: 0.5, logitBytes: 8, scoreBytes: 5 },
  graphsGib: { hopper: 0.5, blackwell: 1.2, cdna3: 4.8, cdna4: 4.8, other: 0.5 },
  poolBand: { below: 1.2, above: 1.2 },
} as const;

/**
 * How far engines stay below the datasheet. Shares are of the datasheet's rate, times are seconds.
 * Each is fitted inside bounds that kernel measurements set (docs/formulas.md §Performance).
 */
export const coefficientNames = [
  /** Share of HBM bandwidth while a small batch reads weights of 16, 8 or 4 bits. */
  "weightRead16",
  "weightRead8",
  "weightRead4",
  /** The same for routed experts, whose matrices are small and scattered. */
  "expertRead16",
  "expertRead8",
  "expertRead4",
  /** Share of HBM bandwidth while attention reads the cache. */
  "cacheRead",
  /** Share of the dense peak that large matrices reach, by the format they multiply in. */
  "matrix16",
  "matrix8",
  "matrix4",
  /** What grouped experts reach of the above. */
  "expertMatrix",
  /** Share of the 16-bit peak that attention reaches over a prompt, and over compressed latents while decoding. */
  "prefillAttention",
  "decodeAttention",
  /** Share of the link's one-way bandwidth that a large collective reaches. */
  "collectiveBandwidth",
  "collectiveSeconds",
  /** The same where tokens are sent to the ranks of their experts and back. */
  "exchangeSeconds",
  /** Launch and gap of one kernel inside a captured graph, and what it takes more outside of one, in steps that read prompts. */
  "kernelSeconds",
  "eagerKernelSeconds",
  /** Scheduler and sampler of one step, and their share for each sequence. */
  "stepSeconds",
  "sequenceSeconds",
  /** HTTP, tokenizer and queue before a request reaches the engine. */
  "requestSeconds",
  /** Times that one layer moves a token's hidden state through HBM between its matrices. */
  "activationPasses",
  /** Exponent of the power law by which tokens prefer experts. */
  "routingSkew",
  /** How far the busiest rank of experts is above the mean. */
  "expertImbalance",
  /** Share of the other requests' prompts that falls into a request's decoding instead of its wait. */
  "interference",
  /** How often, out of ten waves of a closed loop, all clients start together. */
  "burstWaves",
] as const;

export type CoefficientName = (typeof coefficientNames)[number];
export type EfficiencyCoefficients = Readonly<Record<CoefficientName, number>>;

/** Bounds from kernel and collective measurements: a fit may not leave them. */
export const coefficientBounds: Readonly<Record<CoefficientName, readonly [low: number, high: number]>> = {
  weightRead16: [0.45, 0.92],
  weightRead8: [0.3, 0.9],
  weightRead4: [0.15, 0.85],
  expertRead16: [0.2, 0.9],
  expertRead8: [0.1, 0.85],
  expertRead4: [0.1, 0.8],
  cacheRead: [0.25, 0.9],
  matrix16: [0.3, 0.87],
  matrix8: [0.2, 0.75],
  matrix4: [0.15, 0.6],
  expertMatrix: [0.1, 1],
  prefillAttention: [0.1, 0.7],
  decodeAttention: [0.1, 0.75],
  collectiveBandwidth: [0.2, 1],
  collectiveSeconds: [2e-6, 60e-6],
  exchangeSeconds: [5e-6, 200e-6],
  kernelSeconds: [1e-6, 60e-6],
  eagerKernelSeconds: [0.2e-6, 200e-6],
  stepSeconds: [50e-6, 10e-3],
  sequenceSeconds: [0.2e-6, 100e-6],
  requestSeconds: [1e-3, 0.3],
  activationPasses: [2, 80],
  routingSkew: [0.01, 1.3],
  expertImbalance: [1, 2.6],
  interference: [0.4, 1],
  burstWaves: [0.05, 10],
};

import type { AcceleratorFamily, CoefficientName } from "@headroom/core";

/** What kernel and collective measurements say before any serving benchmark is seen: a middle, and a spread as a logarithm. */
export const servingPriors: Readonly<Record<CoefficientName, { readonly mean: number; readonly deviation: number }>> = {
  weightRead16: { mean: 0.76, deviation: 0.1 },
  weightRead8: { mean: 0.62, deviation: 0.15 },
  weightRead4: { mean: 0.42, deviation: 0.3 },
  expertRead16: { mean: 0.55, deviation: 0.3 },
  expertRead8: { mean: 0.45, deviation: 0.3 },
  expertRead4: { mean: 0.4, deviation: 0.3 },
  cacheRead: { mean: 0.65, deviation: 0.2 },
  matrix16: { mean: 0.7, deviation: 0.1 },
  matrix8: { mean: 0.52, deviation: 0.15 },
  matrix4: { mean: 0.42, deviation: 0.15 },
  expertMatrix: { mean: 0.5, deviation: 0.3 },
  prefillAttention: { mean: 0.4, deviation: 0.25 },
  decodeAttention: { mean: 0.5, deviation: 0.2 },
  collectiveBandwidth: { mean: 0.7, deviation: 0.3 },
  collectiveSeconds: { mean: 8e-6, deviation: 0.5 },
  exchangeSeconds: { mean: 30e-6, deviation: 0.5 },
  kernelSeconds: { mean: 5e-6, deviation: 0.5 },
  eagerKernelSeconds: { mean: 10e-6, deviation: 1 },
  stepSeconds: { mean: 500e-6, deviation: 0.7 },
  sequenceSeconds: { mean: 8e-6, deviation: 1 },
  requestSeconds: { mean: 25e-3, deviation: 0.7 },
  activationPasses: { mean: 20, deviation: 0.5 },
  routingSkew: { mean: 0.5, deviation: 0.7 },
  expertImbalance: { mean: 1.2, deviation: 0.3 },
  interference: { mean: 0.9, deviation: 0.2 },
  burstWaves: { mean: 1, deviation: 0.7 },
};

/** Where a kind of chip is known to stand apart, from matrix and copy benchmarks (ml-engineering MAMF, AIConfigurator's tables). */
export const familyPriors: Readonly<Record<AcceleratorFamily, Readonly<Partial<Record<CoefficientName, number>>>>> = {
  volta: { matrix16: 0.85, kernelSeconds: 1.3 },
  turing: { matrix16: 0.8, kernelSeconds: 1.3 },
  ampere: { matrix16: 1.1 },
  "ampere-soc": { matrix16: 0.7, kernelSeconds: 3 },
  ada: { matrix16: 0.9, matrix8: 0.85 },
  hopper: {},
  blackwell: { matrix16: 0.85, matrix8: 0.8, weightRead16: 0.88, weightRead8: 0.7 },
  "blackwell-workstation": { matrix16: 0.9, matrix8: 0.85 },
  cdna2: { matrix16: 0.6, weightRead16: 0.8, kernelSeconds: 1.6 },
  cdna3: { matrix16: 0.64, matrix8: 0.64, weightRead16: 0.85, weightRead8: 0.85, kernelSeconds: 1.5 },
  cdna4: { matrix16: 0.8, matrix8: 0.75, weightRead16: 0.85, weightRead8: 0.8, kernelSeconds: 1.4 },
  tpu: { matrix16: 1.1 },
  gaudi: { matrix16: 0.9, kernelSeconds: 1.5 },
  neuron: { matrix16: 0.6, weightRead16: 0.8, kernelSeconds: 2 },
  davinci: { matrix16: 0.7, weightRead16: 0.8, kernelSeconds: 2 },
};

/** Without captured graphs or a compiled step every kernel waits for Python: 3 to 5 times the gap of a serving engine. */
export const enginePriors: Readonly<Record<string, Readonly<Partial<Record<CoefficientName, number>>>>> = {
  "engine:transformers": { kernelSeconds: 4, stepSeconds: 5, sequenceSeconds: 3 },
};

/** The mean of a factor before anything is seen. */
export const factorPrior = (scope: string, name: CoefficientName): number => {
  const [kind, rest = ""] = scope.split(":");
  const stated: Readonly<Partial<Record<CoefficientName, number>>> | undefined =
    kind === "family" ? (familyPriors as Readonly<Record<string, Partial<Record<CoefficientName, number>>>>)[rest] : enginePriors[scope];
  return stated?.[name] ?? 1;
};

const kernelRates: readonly CoefficientName[] = [
  "weightRead16",
  "weightRead8",
  "weightRead4",
  "expertRead16",
  "expertRead8",
  "expertRead4",
  "cacheRead",
  "matrix16",
  "matrix8",
  "matrix4",
  "expertMatrix",
  "prefillAttention",
  "decodeAttention",
];
const software: readonly CoefficientName[] = [
  "kernelSeconds",
  "eagerKernelSeconds",
  "stepSeconds",
  "sequenceSeconds",
  "requestSeconds",
  "collectiveSeconds",
  "exchangeSeconds",
  "interference",
  "burstWaves",
];
const launches: readonly CoefficientName[] = ["kernelSeconds", "collectiveSeconds"];

interface Spread {
  readonly names: readonly CoefficientName[];
  readonly deviation: number;
}

/** How far each kind of scope may move which coefficients, as the standard deviation of the logarithm. */
const spreads: Readonly<Record<string, readonly Spread[]>> = {
  link: [{ names: ["collectiveSeconds", "exchangeSeconds", "collectiveBandwidth"], deviation: 0.5 }],
  family: [
    { names: kernelRates, deviation: 0.15 },
    { names: launches, deviation: 0.2 },
  ],
  accelerator: [{ names: kernelRates, deviation: 0.06 }],
  engine: [
    { names: kernelRates, deviation: 0.1 },
    { names: software, deviation: 0.4 },
  ],
  "engine on family": [{ names: [...kernelRates, ...launches], deviation: 0.1 }],
  release: [
    { names: ["expertRead16", "expertRead8", "expertRead4"], deviation: 0.3 },
    { names: kernelRates, deviation: 0.1 },
    { names: ["requestSeconds", "burstWaves"], deviation: 0.5 },
    { names: software, deviation: 0.25 },
  ],
};

/** 0 where a scope does not touch a coefficient. */
export const factorDeviation = (scope: string, name: CoefficientName): number => {
  const kind = scope.includes(" on ") ? "engine on family" : (scope.split(":")[0] ?? "");
  return spreads[kind]?.find(({ names }) => names.includes(name))?.deviation ?? 0;
};

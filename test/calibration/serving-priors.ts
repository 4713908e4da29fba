import type { CoefficientName } from "@headroom/core";

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
  "interference",
  "burstWaves",
];

/** How far a scope may move a coefficient, as the standard deviation of its logarithm; 0: not at all. */
export const factorDeviation = (scope: string, name: CoefficientName): number => {
  const [kind] = scope.split(":");
  const isRate = kernelRates.includes(name);
  switch (kind) {
    case "family":
      return isRate ? 0.15 : name === "kernelSeconds" || name === "collectiveSeconds" ? 0.2 : 0;
    case "accelerator":
      return isRate ? 0.06 : 0;
    case "engine":
      return scope.includes(" on ")
        ? isRate || name === "kernelSeconds" || name === "collectiveSeconds"
          ? 0.1
          : 0
        : isRate
          ? 0.1
          : software.includes(name)
            ? 0.4
            : 0;
    case "release":
      return isRate ? 0.1 : software.includes(name) ? 0.25 : 0;
    case "link":
      return name === "collectiveSeconds" || name === "collectiveBandwidth" ? 0.5 : 0;
    default:
      return 0;
  }
};

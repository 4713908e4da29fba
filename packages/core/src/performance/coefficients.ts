import type { Accelerator } from "../hardware/index.ts";
import { microseconds, type Seconds } from "../units/index.ts";

/**
 * How far engines stay below the datasheet. Priors from published kernel and collective measurements
 * (docs/formulas.md §Performance names each source); no entry is fitted to a single benchmark.
 */
export interface EfficiencyCoefficients {
  /** Share of HBM bandwidth while a small batch reads weights. */
  readonly weightRead: number;
  /** The same for routed experts, whose matrices are small and scattered. */
  readonly expertWeightRead: number;
  /** Share of HBM bandwidth while attention reads the cache. */
  readonly cacheRead: number;
  /** Share of the dense peak that large 16-bit matrices reach. */
  readonly matrix16: number;
  /** 8-bit and 4-bit matrices never reach their doubled peak. */
  readonly matrix8: number;
  readonly matrix4: number;
  readonly expertMatrix: number;
  /** Share of the 16-bit peak that attention reaches while reading a prompt. */
  readonly prefillAttention: number;
  /** Share of the link's one-way bandwidth that a large collective reaches. */
  readonly collectiveBandwidth: number;
  readonly collectiveLatency: Seconds;
  /** Kernel launches and gaps of one layer. */
  readonly perLayer: Seconds;
  /** Scheduler and sampler of one step. */
  readonly perStep: Seconds;
  readonly perSequence: Seconds;
  /** HTTP, tokenizer and queue before a request reaches the engine. */
  readonly perRequest: Seconds;
}

const nvidiaDatacenter: EfficiencyCoefficients = {
  weightRead: 0.72,
  expertWeightRead: 0.5,
  cacheRead: 0.55,
  matrix16: 0.72,
  matrix8: 0.55,
  matrix4: 0.42,
  expertMatrix: 0.4,
  prefillAttention: 0.4,
  collectiveBandwidth: 0.8,
  collectiveLatency: microseconds(9),
  perLayer: microseconds(28),
  perStep: microseconds(600),
  perSequence: microseconds(10),
  perRequest: microseconds(30_000),
};

/** Matrices reach 51 to 68 % of peak on MI300X to MI355X, against 80 % on H100. */
const amd: EfficiencyCoefficients = {
  ...nvidiaDatacenter,
  weightRead: 0.6,
  matrix16: 0.5,
  matrix8: 0.42,
  matrix4: 0.35,
  perLayer: microseconds(40),
};

/** Collectives over PCIe: 42 µs at 16 KB, and a few GB/s. */
const pcieAttached: EfficiencyCoefficients = { ...nvidiaDatacenter, collectiveBandwidth: 0.45, collectiveLatency: microseconds(30) };

export const coefficientsOf = ({ vendor, scaleUp }: Accelerator): EfficiencyCoefficients => {
  if (vendor === "AMD") return amd;
  return scaleUp.kind === "pcie" || scaleUp.kind === "none" ? pcieAttached : nvidiaDatacenter;
};

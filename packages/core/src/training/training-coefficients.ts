import type { Accelerator, AcceleratorFamily } from "../hardware/index.ts";
import { type BytesPerSecond, gigabytesPerSecond } from "../units/index.ts";
import type { FrameworkTraits } from "./training-framework.ts";

/** What matrices multiply in while training. */
export type TrainingFormat = "fp32" | "bf16" | "fp8" | "fp4";

/** Megatron brings kernels of its own (Transformer Engine, cuDNN); PyTorch runs norms and activations op by op. */
export type KernelShares = Readonly<Record<FrameworkTraits["family"], number>>;

/** How far training stays below the datasheet: bounded shares, fitted to public runs (test/calibration/fit-training.ts). */
export interface TrainingCoefficients {
  /** Share of the dense peak that large matrices reach, by family and format; what is missing comes from published kernel ceilings. */
  readonly matrix: Readonly<Partial<Record<AcceleratorFamily, Readonly<Partial<Record<TrainingFormat, number>>>>>>;
  /** Clocks that a chip holds under load, against its family. */
  readonly sustained: Readonly<Record<string, number>>;
  /** Share of the 16-bit peak that attention reaches, by family and kernels. */
  readonly attention: Readonly<Partial<Record<AcceleratorFamily, KernelShares>>>;
  /** Share of the 16-bit peak that scans of recurrent layers reach. */
  readonly scan: number;
  /** Exponent of what narrow formats gain in grouped matrices of experts: 0 nothing, 1 as much as in large matrices. */
  readonly expertNarrowGain: number;
  /** How often an activation that is kept moves through HBM, forward and back. */
  readonly activationPasses: KernelShares;
  /** The same in mixtures of experts, whose tokens are sorted and scattered. */
  readonly expertActivationPasses: number;
  /** Tokens for each expert and width of an expert at which its matrices lose half their speed. */
  readonly expertTokensHalf: number;
  readonly expertWidthHalf: number;
  /** Host time of a layer and micro-batch. */
  readonly denseLayerSeconds: number;
  readonly expertLayerSeconds: number;
  /** Share of the link's one-way bandwidth that collectives reach. */
  readonly scaleUpShare: number;
  readonly scaleOutShare: number;
  /** Share of these collectives that no computation hides. */
  readonly tensorExposed: number;
  readonly contextExposed: number;
  readonly expertExposed: number;
  /** Growth of speed in a year of releases. */
  readonly denseGrowthPerYear: number;
  readonly expertGrowthPerYear: number;
}

/** Best matmul found, share of the dense bf16 peak (ml-engineering MAMF finder): what carries a fit over to other families. */
const matmulCeiling: Readonly<Partial<Record<AcceleratorFamily, number>>> = {
  ampere: 0.87,
  hopper: 0.8,
  blackwell: 0.78,
  cdna2: 0.5,
  cdna3: 0.51,
  cdna4: 0.68,
};

/** Where no ceiling was published: 8 in 10 of Hopper's. */
const unknownCeiling = 0.64;

const matmulCeilingById: Readonly<Record<string, number>> = { mi325x: 0.6 };

/** What narrow formats lose against their higher peak, where a family was only measured in 16 bits: as much as Hopper and Blackwell. */
const narrowingOf = (format: TrainingFormat, { matrix: { hopper, blackwell } }: TrainingCoefficients): number => {
  const fp8 = (hopper?.fp8 ?? 1) / (hopper?.bf16 ?? 1);
  if (format === "fp4") return (fp8 * (blackwell?.fp4 ?? 1)) / (blackwell?.fp8 ?? 1);
  return format === "fp8" ? fp8 : 1;
};

/** How well a number is known: fitted to runs on this chip, on its family, or carried over by kernel ceilings. */
export type Knowledge = "measured" | "interpolated" | "roofline";

export interface KnownShare {
  readonly share: number;
  readonly knowledge: Knowledge;
}

/** Share of the datasheet rate that large matrices reach on a chip. */
export const matrixShare = (
  { id, family }: Pick<Accelerator, "id" | "family">,
  format: TrainingFormat,
  coefficients: TrainingCoefficients,
): KnownShare => {
  const { matrix, sustained } = coefficients;
  const clocks = sustained[id] ?? 1;
  const own = matrix[family]?.[format];
  if (own !== undefined) return { share: own * clocks, knowledge: id in sustained ? "measured" : "interpolated" };
  const narrowed = narrowingOf(format, coefficients);
  const familyWide = matrix[family]?.bf16;
  if (familyWide !== undefined) return { share: familyWide * clocks * narrowed, knowledge: "interpolated" };
  const hopper = matrix.hopper?.bf16 ?? unknownCeiling;
  const ceiling = matmulCeilingById[id] ?? matmulCeiling[family] ?? unknownCeiling;
  return { share: (hopper * ceiling * narrowed) / (matmulCeiling.hopper ?? unknownCeiling), knowledge: "roofline" };
};

export const attentionShare = (
  { family }: Pick<Accelerator, "family">,
  kernels: FrameworkTraits["family"],
  { attention }: TrainingCoefficients,
): number => (attention[family] ?? attention.hopper)?.[kernels] ?? unknownAttentionShare;

const unknownAttentionShare = 0.3;

/** One direction and accelerator, between nodes: 200, 400 and 800 Gb/s adapters are usual for these generations. */
const scaleOutByFamily: Readonly<Partial<Record<AcceleratorFamily, BytesPerSecond>>> = {
  volta: gigabytesPerSecond(12.5),
  turing: gigabytesPerSecond(12.5),
  ampere: gigabytesPerSecond(25),
};

const scaleOutById: Readonly<Record<string, BytesPerSecond>> = { "b300-sxm": gigabytesPerSecond(100), gb300: gigabytesPerSecond(100) };

export const scaleOutBandwidth = ({ id, family }: Pick<Accelerator, "id" | "family">): BytesPerSecond =>
  scaleOutById[id] ?? scaleOutByFamily[family] ?? gigabytesPerSecond(50);

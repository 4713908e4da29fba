import type { Accelerator, ComputeFormat } from "../hardware/index.ts";
import type { WeightFormat } from "../request/precision.ts";
import { type BytesPerSecond, bytesPerSecond, type FlopsPerSecond, flopsPerSecond } from "../units/index.ts";
import type { EfficiencyCoefficients } from "./coefficients.ts";

/** Formats whose matrices multiply natively where the chip has the rate; the others are widened to 16 bits first. */
const nativeFormat: Readonly<Partial<Record<WeightFormat, ComputeFormat>>> = {
  fp8: "fp8",
  int8: "int8",
  nvfp4: "fp4",
  mxfp4: "fp4",
  fp32: "fp32",
};

/** The 16-bit rate of a chip: bf16, or fp16 where bf16 is missing (V100, T4). */
export const sixteenBitFormat = ({ peak }: Accelerator): "bf16" | "fp16" => (peak.bf16 === undefined ? "fp16" : "bf16");

/** What weights of a format multiply in on a chip. */
export const computeFormatOf = (weights: WeightFormat, accelerator: Accelerator): ComputeFormat => {
  const native = nativeFormat[weights];
  return native !== undefined && accelerator.peak[native] !== undefined ? native : sixteenBitFormat(accelerator);
};

type Bits = 16 | 8 | 4;

const computeBits: Readonly<Record<ComputeFormat, Bits>> = { fp32: 16, fp16: 16, bf16: 16, fp8: 8, int8: 8, fp4: 4 };
const storedBits: Readonly<Record<WeightFormat, Bits>> = {
  fp32: 16,
  bf16: 16,
  fp16: 16,
  fp8: 8,
  int8: 8,
  int4: 4,
  nvfp4: 4,
  mxfp4: 4,
};

/** How fast an engine multiplies with weights of one format, and reads them. */
export interface MatrixRates {
  readonly compute: FlopsPerSecond;
  readonly read: BytesPerSecond;
}

interface RatesInput {
  readonly format: WeightFormat;
  readonly accelerator: Accelerator;
  readonly coefficients: EfficiencyCoefficients;
}

export const denseRates = ({ format, accelerator, coefficients }: RatesInput): MatrixRates => ({
  compute: computeRate({ format, accelerator, coefficients }),
  read: bytesPerSecond(accelerator.memoryBandwidth * coefficients[`weightRead${storedBits[format]}`]),
});

export const expertRates = ({ format, accelerator, coefficients }: RatesInput): MatrixRates => ({
  compute: flopsPerSecond(computeRate({ format, accelerator, coefficients }) * coefficients.expertMatrix),
  read: bytesPerSecond(accelerator.memoryBandwidth * coefficients[`expertRead${storedBits[format]}`]),
});

const computeRate = ({ format, accelerator, coefficients }: RatesInput): FlopsPerSecond => {
  const native = computeFormatOf(format, accelerator);
  return flopsPerSecond((accelerator.peak[native] ?? 0) * coefficients[`matrix${computeBits[native]}`]);
};

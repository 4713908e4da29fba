import type { Accelerator, ComputeFormat } from "../hardware/index.ts";
import type { WeightFormat } from "../request/precision.ts";
import { type FlopsPerSecond, flopsPerSecond } from "../units/index.ts";
import type { EfficiencyCoefficients } from "./coefficients.ts";

/** Formats whose matrices multiply natively where the chip has the rate; the others are widened to 16 bits first. */
const nativeFormat: Readonly<Partial<Record<WeightFormat, ComputeFormat>>> = {
  fp8: "fp8",
  int8: "int8",
  nvfp4: "fp4",
  mxfp4: "fp4",
  fp32: "fp32",
};

export interface ComputeRate {
  readonly format: ComputeFormat;
  /** Of large matrices, as far as the engine reaches it. */
  readonly rate: FlopsPerSecond;
}

/** The 16-bit rate of a chip: bf16, or fp16 where bf16 is missing (V100, T4). */
export const sixteenBitFormat = ({ peak }: Accelerator): "bf16" | "fp16" => (peak.bf16 === undefined ? "fp16" : "bf16");

/** How fast weights of a format multiply on a chip; undefined where the chip has no rate for any format it could use. */
export const computeRate = (
  weights: WeightFormat,
  accelerator: Accelerator,
  coefficients: EfficiencyCoefficients,
): ComputeRate | undefined => {
  const native = nativeFormat[weights];
  const format = native !== undefined && accelerator.peak[native] !== undefined ? native : sixteenBitFormat(accelerator);
  const peak = accelerator.peak[format];
  if (peak === undefined) return undefined;
  return { format, rate: flopsPerSecond(peak * efficiencyOf(format, coefficients)) };
};

const efficiencyOf = (format: ComputeFormat, { matrix16, matrix8, matrix4 }: EfficiencyCoefficients): number => {
  switch (format) {
    case "fp8":
    case "int8":
      return matrix8;
    case "fp4":
      return matrix4;
    case "fp32":
    case "fp16":
    case "bf16":
      return matrix16;
  }
};

import type { Accelerator, ComputeFormat } from "../hardware/index.ts";
import type { TrainingRun } from "./resolve-training.ts";
import type { TrainingFormat } from "./training-coefficients.ts";

/** The format matrices multiply in: that of the precision where the chip has it, else the next wider. */
export const trainingFormat = (precision: TrainingRun["precision"], { peak }: Pick<Accelerator, "peak">): TrainingFormat => {
  if (precision === "fp32") return "fp32";
  if (precision === "nvfp4-mixed" && peak.fp4 !== undefined) return "fp4";
  if ((precision === "nvfp4-mixed" || precision === "fp8-mixed") && peak.fp8 !== undefined) return "fp8";
  return "bf16";
};

export const trainingPeak = ({ peak }: Pick<Accelerator, "peak">, format: TrainingFormat): number | undefined =>
  format === "bf16" ? sixteenBitPeak(peak) : peak[format];

const sixteenBitPeak = (peak: Readonly<Partial<Record<ComputeFormat, number>>>): number | undefined => peak.bf16 ?? peak.fp16 ?? peak.fp32;

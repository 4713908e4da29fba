import { type Accelerator, compatibilityOf } from "../hardware/index.ts";
import type { EngineName, WeightFormat } from "../request/index.ts";

interface Question {
  readonly engine: EngineName;
  readonly accelerator: Accelerator;
  readonly format: WeightFormat;
}

/** Why a chip is not planned with weights of a format; undefined where it is. */
export const precisionRefusal = ({ engine, accelerator, format }: Question): string | undefined => {
  if (format === "fp8" && accelerator.peak.fp8 === undefined) return "does not compute in FP8";
  if (format !== "bf16" && !compatibilityOf({ engine, accelerator, format })) return `does not run ${format} weights in ${engine}`;
  return undefined;
};

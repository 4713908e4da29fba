import type { WeightFormat } from "../request/precision.ts";
import type { WeightRole } from "./weight-tensor.ts";

/** How often a scale is stored beside quantized elements. */
export type ScaleLayout =
  | { readonly per: "none" }
  | { readonly per: "block"; readonly rows: number; readonly columns: number; readonly bytes: number }
  | { readonly per: "row"; readonly bytes: number }
  | { readonly per: "group"; readonly elements: number; readonly bytes: number };

/** One way to store a matrix: the bytes of an element and of its scales. */
export interface StoredFormat {
  readonly format: WeightFormat;
  readonly bytesPerElement: number;
  readonly scales: ScaleLayout;
}

/** The format of each role's quantized tensors; tensors that stay wide use `wide`. */
export interface StoredFormats {
  readonly wide: StoredFormat;
  readonly byRole: Readonly<Record<WeightRole, StoredFormat>>;
  /** A checkpoint's bytes over those of these formats, so that the total is the checkpoint's; absent: 1. */
  readonly byteFactor?: number;
}

const plain = (format: WeightFormat, bytesPerElement: number): StoredFormat => ({ format, bytesPerElement, scales: { per: "none" } });

/**
 * Formats as engines store them when nothing more is said:
 * FP8 and INT8 with an F32 scale per output row, INT4 with a 16-bit scale and a 4-bit zero per 128 elements,
 * NVFP4 with an 8-bit scale per 16 and MXFP4 with one per 32.
 */
const formats: Readonly<Record<WeightFormat, StoredFormat>> = {
  bf16: plain("bf16", 2),
  fp16: plain("fp16", 2),
  fp32: plain("fp32", 4),
  fp8: { format: "fp8", bytesPerElement: 1, scales: { per: "row", bytes: 4 } },
  int8: { format: "int8", bytesPerElement: 1, scales: { per: "row", bytes: 4 } },
  int4: { format: "int4", bytesPerElement: 0.5, scales: { per: "group", elements: 128, bytes: 2.5 } },
  nvfp4: { format: "nvfp4", bytesPerElement: 0.5, scales: { per: "group", elements: 16, bytes: 1 } },
  mxfp4: { format: "mxfp4", bytesPerElement: 0.5, scales: { per: "group", elements: 32, bytes: 1 } },
};

export const storedFormat = (format: WeightFormat): StoredFormat => formats[format];

/** Linear and expert layers in `narrow`, the rest wide: what quantized checkpoints do. */
export const quantizedLinears = (wide: StoredFormat, narrow: StoredFormat): StoredFormats => ({
  wide,
  byRole: {
    embeddings: wide,
    attention: narrow,
    dense: narrow,
    sharedExperts: narrow,
    routedExperts: narrow,
    router: wide,
    norms: wide,
    head: wide,
  },
});

export const uniformFormats = (wide: StoredFormat): StoredFormats => quantizedLinears(wide, wide);

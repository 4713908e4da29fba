import { type StoredFormat, storedFormat } from "../stored-formats.ts";
import type { QuantizationConfig, WeightScheme } from "./quantization-config.ts";

/** The one format of a method that has one; undefined for methods nobody told Headroom about. */
export const narrowFormat = (quantization: QuantizationConfig): StoredFormat | undefined => {
  switch (quantization.quant_method) {
    case "fp8":
      return fp8Format(quantization);
    case "fbgemm_fp8":
    case "ptpc_fp8":
      return storedFormat("fp8");
    case "mxfp8":
      return microscaled("fp8", 1);
    case "awq":
    case "gptq":
    case "gptqmodel":
    case "auto-round":
    case "auto_round":
    case "autoround":
      return quantization.bits === 8 ? storedFormat("int8") : groupedInt4(quantization.group_size);
    case "mxfp4":
      return storedFormat("mxfp4");
    case "bitsandbytes":
      return quantization.load_in_8bit ? storedFormat("int8") : normalFloat4(quantization);
    case "modelopt":
    case "modelopt_fp4":
    case "nvfp4":
      return modelOptFormat(quantization.quant_algo ?? "NVFP4");
    case "quark":
      return quarkFormat(quantization.global_quant_config?.weight?.dtype);
    default:
      return undefined;
  }
};

const fp8Format = ({ weight_block_size: block, scale_fmt: scales }: QuantizationConfig): StoredFormat => {
  if (!block) return storedFormat("fp8");
  return { ...storedFormat("fp8"), scales: { per: "block", rows: block[0], columns: block[1], bytes: scales === "e8m0" ? 1 : 4 } };
};

const microscaled = (format: "fp8" | "mxfp4", bytesPerElement: number): StoredFormat => ({
  format,
  bytesPerElement,
  scales: { per: "group", elements: 32, bytes: 1 },
});

/** A 16-bit scale and a 4-bit zero for each group, 128 wide unless the checkpoint says otherwise. */
const groupedInt4 = (group: number | null | undefined): StoredFormat =>
  group && group > 0 ? { ...storedFormat("int4"), scales: { per: "group", elements: group, bytes: 2.5 } } : storedFormat("int4");

/** NF4: an F32 scale for each 64 elements, or an 8-bit one where the scales are quantized again. */
const normalFloat4 = ({ bnb_4bit_use_double_quant: twice }: QuantizationConfig): StoredFormat => ({
  ...storedFormat("int4"),
  scales: { per: "group", elements: 64, bytes: twice ? 1 + 4 / 256 : 4 },
});

const modelOptFormat = (algorithm: string): StoredFormat | undefined => {
  const name = algorithm.toUpperCase();
  if (name.includes("NVFP4") || name === "FP4") return storedFormat("nvfp4");
  if (name.includes("MXFP4")) return storedFormat("mxfp4");
  if (name.includes("FP8")) return storedFormat("fp8");
  if (name.includes("W4") || name.includes("INT4")) return groupedInt4(128);
  if (name.includes("INT8") || name.includes("W8")) return storedFormat("int8");
  return name === "MIXED_PRECISION" ? storedFormat("nvfp4") : undefined;
};

const quarkFormat = (dtype: string | null | undefined): StoredFormat | undefined => {
  const name = dtype ?? "fp4";
  if (name.startsWith("fp4")) return storedFormat("mxfp4");
  if (name.startsWith("fp8")) return storedFormat("fp8");
  if (name.startsWith("int8")) return storedFormat("int8");
  return name.startsWith("int4") || name.startsWith("uint4") ? groupedInt4(128) : undefined;
};

/** How one group of a compressed-tensors checkpoint stores its weights. */
export const schemeFormat = ({ num_bits: bits = 8, type = "float", group_size: group, strategy, block_structure: block }: WeightScheme) => {
  if (bits === 4 && type === "float") return storedFormat(group === 32 ? "mxfp4" : "nvfp4");
  if (bits === 4) return group && group > 0 ? symmetricInt4(group) : storedFormat("int4");
  if (bits === 8 && type === "int") return storedFormat("int8");
  if (bits === 8 && strategy === "block" && block) {
    return { ...storedFormat("fp8"), scales: { per: "block", rows: block[0], columns: block[1], bytes: 4 } } as const;
  }
  return storedFormat(bits === 8 ? "fp8" : "bf16");
};

/** Packed without zeros: a 16-bit scale for each group. */
export const symmetricInt4 = (group: number): StoredFormat => ({
  ...storedFormat("int4"),
  scales: { per: "group", elements: group, bytes: 2 },
});

import { z } from "zod";
import { parseRequest } from "../request/parse-request.ts";
import { type Outcome, refuse, succeed, under } from "../units/index.ts";
import { quantizedLinears, type StoredFormat, type StoredFormats, storedFormat, uniformFormats } from "./stored-formats.ts";

const quantizationConfig = z.object({
  quant_method: z.string({ error: 'must name a method: "fp8", "awq", "gptq", "mxfp4", …' }),
  weight_block_size: z.tuple([z.int().min(1).max(65_536), z.int().min(1).max(65_536)]).nullish(),
  bits: z.int().min(2).max(16).nullish(),
  group_size: z.int().min(-1).max(65_536).nullish(),
});

type QuantizationConfig = z.output<typeof quantizationConfig>;

const wideFormats: ReadonlyMap<unknown, StoredFormat> = new Map([
  ["bfloat16", storedFormat("bf16")],
  ["float16", storedFormat("fp16")],
  ["float32", storedFormat("fp32")],
]);

/** How a checkpoint stores its weights: `dtype` (bf16 where silent), narrowed by `quantization_config`. */
export const readQuantization = (config: { readonly [field: string]: unknown }): Outcome<StoredFormats> => {
  const dtype = config.dtype ?? config.torch_dtype ?? "bfloat16";
  const wide = wideFormats.get(dtype);
  if (!wide) return refuse("/torch_dtype", `must be one of ${[...wideFormats.keys()].join(", ")}`);
  if (config.quantization_config === undefined || config.quantization_config === null) return succeed(uniformFormats(wide));
  const parsed = under("/quantization_config", parseRequest(quantizationConfig, config.quantization_config));
  if (!parsed.ok) return parsed;
  const narrow = narrowFormat(parsed.value);
  if (!narrow) return refuse("/quantization_config/quant_method", `"${parsed.value.quant_method}" is a method that Headroom does not know`);
  return succeed(quantizedLinears(wide, narrow));
};

const narrowFormat = (quantization: QuantizationConfig): StoredFormat | undefined => {
  switch (quantization.quant_method) {
    case "fp8":
      return fp8Format(quantization);
    case "awq":
    case "gptq":
      return quantization.bits === 8 ? storedFormat("int8") : groupedInt4(quantization);
    case "mxfp4":
      return storedFormat("mxfp4");
    default:
      return undefined;
  }
};

const fp8Format = ({ weight_block_size: block }: QuantizationConfig): StoredFormat =>
  block ? { ...storedFormat("fp8"), scales: { per: "block", rows: block[0], columns: block[1], bytes: 4 } } : storedFormat("fp8");

const groupedInt4 = ({ group_size: group }: QuantizationConfig): StoredFormat =>
  group && group > 0 ? { ...storedFormat("int4"), scales: { per: "group", elements: group, bytes: 2.5 } } : storedFormat("int4");

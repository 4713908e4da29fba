import { z } from "zod";

const blockSize = z.tuple([z.int().min(1).max(65_536), z.int().min(1).max(65_536)]);
const groupSize = z.int().min(-1).max(65_536);
const modules = z.array(z.string().max(1000)).max(100_000).nullish();

const weightScheme = z.object({
  num_bits: z.int().min(1).max(32).nullish(),
  type: z.string().max(50).nullish(),
  group_size: groupSize.nullish(),
  strategy: z.string().max(50).nullish(),
  block_structure: blockSize.nullish(),
});

const compressedGroup = z.object({ targets: modules, weights: weightScheme.nullish() });

/** What a `quantization_config` may say; the rest of it does not change how weights are stored. */
export const quantizationConfig = z.object({
  quant_method: z.string({ error: 'must name a method: "fp8", "awq", "gptq", "mxfp4", "compressed-tensors", "modelopt", …' }).max(100),
  weight_block_size: blockSize.nullish(),
  scale_fmt: z.string().max(50).nullish(),
  bits: z.int().min(2).max(16).nullish(),
  group_size: groupSize.nullish(),
  load_in_8bit: z.boolean().nullish(),
  bnb_4bit_use_double_quant: z.boolean().nullish(),
  quant_algo: z.string().max(100).nullish(),
  format: z.string().max(100).nullish(),
  config_groups: z.record(z.string(), compressedGroup).nullish(),
  global_quant_config: z.object({ weight: z.object({ dtype: z.string().max(50).nullish() }).nullish() }).nullish(),
  modules_to_not_convert: modules,
  llm_int8_skip_modules: modules,
  ignored_layers: modules,
  ignore: modules,
  exclude_modules: modules,
  exclude: modules,
});

export type QuantizationConfig = z.output<typeof quantizationConfig>;
export type WeightScheme = { readonly [K in keyof z.output<typeof weightScheme>]?: NonNullable<z.output<typeof weightScheme>[K]> };
export type CompressedGroup = z.output<typeof compressedGroup>;

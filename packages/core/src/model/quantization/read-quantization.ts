import { parseRequest } from "../../request/parse-request.ts";
import { type Outcome, refuse, succeed, under } from "../../units/index.ts";
import { quantizedLinears, type StoredFormat, type StoredFormats, storedFormat, uniformFormats } from "../stored-formats.ts";
import { coveredRoles, type LinearRole, linearRoles } from "./covered-roles.ts";
import { narrowFormat, schemeFormat, symmetricInt4 } from "./narrow-format.ts";
import { type CompressedGroup, type QuantizationConfig, quantizationConfig, type WeightScheme } from "./quantization-config.ts";

type Config = Readonly<Record<string, unknown>>;

const wideFormats: ReadonlyMap<unknown, StoredFormat> = new Map([
  ["bfloat16", storedFormat("bf16")],
  ["float16", storedFormat("fp16")],
  ["float32", storedFormat("fp32")],
]);

/** How a checkpoint stores its weights: `dtype` (bf16 where silent), narrowed by `quantization_config` where that covers a part. */
export const readQuantization = (config: Config, numHiddenLayers: number): Outcome<StoredFormats> => {
  const field = config.dtype === undefined || config.dtype === null ? "torch_dtype" : "dtype";
  const wide = wideFormats.get(config[field] ?? "bfloat16");
  if (!wide) return refuse(`/${field}`, `must be one of ${[...wideFormats.keys()].join(", ")}`);
  if (config.quantization_config === undefined || config.quantization_config === null) return succeed(uniformFormats(wide));
  const parsed = under("/quantization_config", parseRequest(quantizationConfig, config.quantization_config));
  if (!parsed.ok) return parsed;
  const quantization = parsed.value;
  const formats = formatsOf({ quantization, wide, numHiddenLayers, modelType: config.model_type });
  if (!formats) return refuse("/quantization_config/quant_method", unknownMethod(quantization.quant_method));
  return succeed(narrowedExperts(keptWide({ formats, wide, quantization, numHiddenLayers }), config.expert_dtype));
};

const unknownMethod = (method: string): string =>
  `"${method.slice(0, 80)}" is a method that Headroom does not know, or its details do not tell a format; it knows fp8, awq, gptq, mxfp4, compressed-tensors, modelopt, bitsandbytes and quark`;

interface FormatsInput {
  readonly quantization: QuantizationConfig;
  readonly wide: StoredFormat;
  readonly numHiddenLayers: number;
  readonly modelType: unknown;
}

const formatsOf = (input: FormatsInput): StoredFormats | undefined => {
  const { quantization, wide } = input;
  if (quantization.quant_method === "compressed-tensors") return compressedFormats(input);
  const narrow = narrowFormat(quantization);
  return narrow && quantizedLinears(wide, narrow);
};

/** Every group names its modules; "Linear" means all. Without groups the format is that of the releases. */
const compressedFormats = ({ quantization, wide, numHiddenLayers, modelType }: FormatsInput): StoredFormats => {
  const groups = Object.values(quantization.config_groups ?? {}).filter((group) => group.weights);
  if (groups.length === 0) return silentCompressedFormats({ wide, modelType, format: quantization.format ?? "" });
  return groups.reduce(
    (formats, group) => withRoles(formats, rolesOf(group, numHiddenLayers), schemeFormat(schemeOf(group))),
    uniformFormats(wide),
  );
};

const schemeOf = ({ weights }: CompressedGroup): WeightScheme =>
  Object.fromEntries(Object.entries(weights ?? {}).filter(([, value]) => value !== null && value !== undefined));

const rolesOf = ({ targets }: CompressedGroup, numHiddenLayers: number): readonly LinearRole[] => {
  const named = coveredRoles(targets ?? [], numHiddenLayers);
  return named.size === 0 ? linearRoles : [...named];
};

/**
 * A trimmed config may name compressed-tensors and nothing else. Kimi-K2.5 then stores its routed experts in INT4 by groups of 32,
 * Kimi-K3 in MXFP4, both with everything else wide; other models have FP8 linears with a scale for each row.
 */
const silentCompressedFormats = (input: {
  readonly wide: StoredFormat;
  readonly modelType: unknown;
  readonly format: string;
}): StoredFormats => {
  const { wide, modelType, format } = input;
  const onExperts = (narrow: StoredFormat) => withRoles(uniformFormats(wide), ["routedExperts"], narrow);
  if (modelType === "kimi_k2") return onExperts(symmetricInt4(32));
  if (modelType === "kimi_linear") return onExperts(storedFormat("mxfp4"));
  if (format.startsWith("nvfp4")) return quantizedLinears(wide, storedFormat("nvfp4"));
  if (format.startsWith("mxfp4")) return quantizedLinears(wide, storedFormat("mxfp4"));
  if (format.startsWith("pack")) return quantizedLinears(wide, storedFormat("int4"));
  return quantizedLinears(wide, storedFormat(format.startsWith("int") ? "int8" : "fp8"));
};

/** Parts that the checkpoint's own lists leave out of the quantization. */
const keptWide = (
  input: Pick<FormatsInput, "quantization" | "wide" | "numHiddenLayers"> & { readonly formats: StoredFormats },
): StoredFormats => {
  const { quantization: q, formats, wide, numHiddenLayers } = input;
  const lists = [q.modules_to_not_convert, q.llm_int8_skip_modules, q.ignored_layers, q.ignore, q.exclude_modules, q.exclude];
  const left = coveredRoles(
    lists.flatMap((list) => list ?? []),
    numHiddenLayers,
  );
  return withRoles(formats, [...left], wide);
};

/** DeepSeek-V4 names the format of its experts apart; its FP8 blocks have one-byte scales. */
const narrowedExperts = (formats: StoredFormats, expertFormat: unknown): StoredFormats => {
  if (expertFormat !== "fp4") return formats;
  const { scales } = formats.byRole.attention;
  const oneByte = { ...formats.byRole.attention, scales: scales.per === "block" ? { ...scales, bytes: 1 } : scales };
  return withRoles(withRoles(formats, ["attention", "dense", "sharedExperts"], oneByte), ["routedExperts"], storedFormat("mxfp4"));
};

const withRoles = (formats: StoredFormats, roles: readonly LinearRole[], format: StoredFormat): StoredFormats => ({
  ...formats,
  byRole: { ...formats.byRole, ...Object.fromEntries(roles.map((role) => [role, format])) },
});

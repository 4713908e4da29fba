import type { Checkpoint } from "../request/model-reference.ts";
import { nearestNames, type Outcome, refuse, succeed } from "../units/index.ts";
import { servedTensors } from "./count-parameters.ts";
import { hasExperts, type ModelArchitecture } from "./model-architecture.ts";
import { storedBytes } from "./scale-elements.ts";
import { quantizedLinears, type StoredFormats, storedFormat, uniformFormats } from "./stored-formats.ts";
import { draftTensors } from "./tensors-of.ts";

/** Bytes of one element of a safetensors dtype; packed formats count their carriers. */
const bytesOfDtype: ReadonlyMap<string, number> = new Map([
  ...["F64", "I64", "U64"].map((dtype) => [dtype, 8] as const),
  ...["F32", "I32", "U32"].map((dtype) => [dtype, 4] as const),
  ...["BF16", "F16", "I16", "U16"].map((dtype) => [dtype, 2] as const),
  ...["F8_E4M3", "F8_E5M2", "F8_E8M0", "I8", "U8", "BOOL"].map((dtype) => [dtype, 1] as const),
  ...["F4", "I4", "U4"].map((dtype) => [dtype, 0.5] as const),
]);

/** Config and checkpoint agree within this; else another format explains the bytes better. */
const agreement = 0.02;
/** No known format explains bytes that are further off than this. */
const beyondAnyFormat = 0.3;

/**
 * Makes a model's stored bytes those of its checkpoint: the config's formats where they agree with it, else the known way to
 * store linears or experts that comes nearest; what is left is spread over all weights alike (`byteFactor`), so that the total is exact.
 */
export const fitCheckpoint = (model: ModelArchitecture, checkpoint: Checkpoint): Outcome<ModelArchitecture> => {
  const total = totalBytesOf(checkpoint);
  if (!total.ok) return total;
  const best = nearest(model, total.value);
  if (best.difference > beyondAnyFormat) {
    return refuse(
      "",
      `does not fit this model: ${total.value} bytes, where the nearest format Headroom knows takes ${Math.round(best.bytes)}`,
    );
  }
  return succeed({ ...model, storedFormats: { ...best.formats, byteFactor: total.value / best.bytes } });
};

const totalBytesOf = ({ parametersByDtype = {}, totalBytes }: Checkpoint): Outcome<number> => {
  const dtypes = Object.keys(parametersByDtype);
  const unknown = dtypes.find((dtype) => !bytesOfDtype.has(dtype));
  if (unknown !== undefined) {
    const known = nearestNames(unknown, [...bytesOfDtype.keys()]).join(", ");
    return refuse(`/parametersByDtype/${escaped(unknown)}`, `must be a dtype of safetensors; the nearest are ${known}`);
  }
  if (totalBytes !== undefined) return succeed(totalBytes);
  const sum = dtypes.reduce((bytes, dtype) => bytes + (parametersByDtype[dtype] ?? 0) * (bytesOfDtype.get(dtype) ?? 0), 0);
  return sum > 0 ? succeed(sum) : refuse("/parametersByDtype", "must hold at least one element");
};

const escaped = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");

interface Fit {
  readonly formats: StoredFormats;
  readonly bytes: number;
  readonly difference: number;
}

/** A checkpoint may hold the draft layers or not. */
const nearest = (model: ModelArchitecture, totalBytes: number): Fit => {
  const served = servedTensors(model);
  const sets = model.draftLayers ? [served, [...served, ...draftTensors(model)]] : [served];
  const fits = (formats: StoredFormats): Fit[] =>
    sets.map((tensors) => {
      const bytes = tensors.reduce((sum, tensor) => sum + storedBytes(tensor, formats), 0);
      return { formats, bytes, difference: Math.abs(bytes / totalBytes - 1) };
    });
  const least = (all: readonly Fit[]): Fit => all.reduce((best, fit) => (fit.difference < best.difference ? fit : best));
  const { byteFactor: _, ...stored } = model.storedFormats;
  const told = least(fits(stored));
  return told.difference <= agreement ? told : least([told, ...candidates(model).flatMap(fits)]);
};

const candidates = (model: ModelArchitecture): StoredFormats[] => {
  const { wide } = model.storedFormats;
  const narrow = (["fp8", "int8", "int4", "nvfp4", "mxfp4"] as const).map(storedFormat);
  const onExperts = (format: StoredFormats["wide"]): StoredFormats => {
    const base = uniformFormats(wide);
    return { ...base, byRole: { ...base.byRole, routedExperts: format } };
  };
  return [
    ...(["bf16", "fp32"] as const).map((format) => uniformFormats(storedFormat(format))),
    ...narrow.map((format) => quantizedLinears(wide, format)),
    ...(hasExperts(model) ? narrow.map(onExperts) : []),
  ];
};

import { readDecimal, shiftPoint } from "./decimal-text.ts";

/** How one field of the form is written into the request's JSON, and how the JSON is shown in the field. */
export interface FieldKind {
  /** The JSON of what was typed; undefined where the field is left empty. What cannot be read is passed on as it is, for the API to name. */
  readonly read: (text: string) => unknown;
  readonly write: (value: unknown) => string;
  /** What a value means, for kinds that may spell one meaning in several ways. */
  readonly meaning?: (value: unknown) => unknown;
  /** By how many places the number in the field is larger than the one in the JSON: 2 for a percentage. */
  readonly places?: number;
}

const orEmpty = (read: (text: string) => unknown) => (text: string) => (text.trim() === "" ? undefined : read(text));

const text: FieldKind = { read: orEmpty((typed) => typed), write: String };

const scaled = (places: number): FieldKind => ({
  read: orEmpty((typed) => {
    const plain = readDecimal(typed);
    return plain === undefined ? typed : Number(shiftPoint(plain, -places));
  }),
  write: (value) => (typeof value === "number" ? shiftPoint(String(value), places) : String(value)),
  places,
});

const number = scaled(0);
const percent = scaled(2);
/** Shown in seconds, asked in milliseconds. */
const secondsOfMs = scaled(-3);

/** Dollars may be a number or a decimal string; what a number would write differently stays a string. */
const money: FieldKind = {
  read: orEmpty((typed) => {
    const plain = readDecimal(typed);
    return plain !== undefined && String(Number(plain)) === plain ? Number(plain) : (plain ?? typed);
  }),
  write: String,
  meaning: Number,
};

const yesOrNo: FieldKind = { read: orEmpty((typed) => (typed === "true" ? true : typed === "false" ? false : typed)), write: String };

const lines = (typed: string): string[] =>
  typed
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

const writeLines = (value: unknown): string => (Array.isArray(value) ? value.join("\n") : String(value));

/** One name a line, or one ticked box each. */
const list: FieldKind = {
  read: (typed) => {
    const names = lines(typed);
    return names.length === 0 ? undefined : names;
  },
  write: writeLines,
};

const allCapacityTypes = ["on-demand", "spot", "reserved"];
const isEveryType = (types: readonly unknown[]): boolean => allCapacityTypes.every((type) => types.includes(type));

/** All three ticked says the same as asking for none in particular; none ticked is an error that the API names. */
const capacityTypes: FieldKind = {
  read: (typed) => {
    const ticked = lines(typed);
    return isEveryType(ticked) ? undefined : ticked;
  },
  write: writeLines,
  meaning: (types) => (Array.isArray(types) && isEveryType(types) ? undefined : types),
};

/** The word for an empty list: no commitment at all, where an empty field means whatever fits the horizon. */
const noTerms = "none";

const terms: FieldKind = {
  read: orEmpty((typed) => (typed === noTerms ? [] : lines(typed))),
  write: (value) => (Array.isArray(value) && value.length === 0 ? noTerms : writeLines(value)),
};

const json: FieldKind = {
  read: orEmpty((typed) => {
    try {
      return JSON.parse(typed);
    } catch {
      return typed;
    }
  }),
  write: (value) => JSON.stringify(value, null, 2),
};

/** Every field, by its place in the request; `*` stands for a position in a list. */
const fieldKinds: Readonly<Record<string, FieldKind>> = {
  "/name": text,
  "/services/*/name": text,
  "/services/*/model/id": text,
  "/services/*/model/config": json,
  "/services/*/precision/weights": text,
  "/services/*/precision/weights/attention": text,
  "/services/*/precision/weights/dense": text,
  "/services/*/precision/weights/sharedExperts": text,
  "/services/*/precision/weights/routedExperts": text,
  "/services/*/precision/weights/embeddings": text,
  "/services/*/precision/kvCache": text,
  "/services/*/engine/name": text,
  "/services/*/engine/version": text,
  "/services/*/engine/gpuMemoryUtilization": number,
  "/services/*/engine/maxModelLen": number,
  "/services/*/engine/maxNumSeqs": number,
  "/services/*/engine/maxNumBatchedTokens": number,
  "/services/*/engine/enforceEager": yesOrNo,
  "/services/*/reserve/memoryShare": percent,
  "/services/*/reserve/computeShare": percent,
  "/services/*/demand/classes/*/name": text,
  "/services/*/demand/classes/*/islTokens": number,
  "/services/*/demand/classes/*/oslTokens": number,
  "/services/*/demand/classes/*/prefixHitShare": percent,
  "/services/*/demand/classes/*/share": percent,
  "/services/*/demand/requestRatePerSecond": number,
  "/services/*/demand/requestRatePerSecond/users": number,
  "/services/*/demand/requestRatePerSecond/concurrentShare": percent,
  "/services/*/demand/requestRatePerSecond/thinkSeconds": number,
  "/services/*/slo/ttftMs": number,
  "/services/*/slo/tpotMs": number,
  "/services/*/slo/requestLatencyMs": secondsOfMs,
  "/services/*/slo/percentile": number,
  "/purchase/capacityTypes": capacityTypes,
  "/purchase/spotMaxShare": percent,
  "/purchase/commitmentTerms": terms,
  "/purchase/horizonHours": number,
  "/market/providers": list,
  "/market/regions": list,
  "/market/accelerators": list,
  "/market/instanceTypes": list,
  "/market/quotas/*/accelerator": text,
  "/market/quotas/*/instanceType": text,
  "/market/quotas/*/region": text,
  "/market/quotas/*/capacityType": text,
  "/market/quotas/*/max": number,
  "/market/catalog": text,
  "/market/asOf": text,
  "/limits/budgetUsdPerMonth": money,
  "/limits/gap": percent,
  "/limits/timeLimitSeconds": number,
};

/** A place in the request with its positions in lists left open. */
export const patternOf = (pointer: string): string => pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*");

export const fieldKindAt = (pointer: string): FieldKind | undefined => {
  const pattern = patternOf(pointer);
  return Object.hasOwn(fieldKinds, pattern) ? fieldKinds[pattern] : undefined;
};

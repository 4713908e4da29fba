import type { FormValues } from "./form-values.ts";

/**
 * Where the form offers two ways to say something, one of them is chosen and the other keeps what was typed. Which one
 * it is stands in the form under the pointer of both with a question mark before it.
 */
export interface Alternative {
  /** Of what both ways set, `*` for positions. */
  readonly pattern: string;
  readonly first: string;
  readonly second: string;
  /** Fields that only the second way uses; the first way's are `firstFields`. */
  readonly firstFields: readonly string[];
  readonly secondFields: readonly string[];
}

const parts = ["attention", "dense", "sharedExperts", "routedExperts", "embeddings"];
const people = ["users", "concurrentShare", "thinkSeconds"];

export const alternatives = {
  demand: {
    pattern: "/services/*/demand",
    first: "people",
    second: "rate",
    firstFields: people.map((field) => `/requestRatePerSecond/${field}`),
    secondFields: ["/requestRatePerSecond"],
  },
  model: { pattern: "/services/*/model", first: "bundled", second: "config", firstFields: [], secondFields: ["/config"] },
  precision: {
    pattern: "/services/*/precision",
    first: "all",
    second: "parts",
    firstFields: ["/weights"],
    secondFields: parts.map((part) => `/weights/${part}`),
  },
} as const satisfies Record<string, Alternative>;

const servicePlace = /^\/services\/\d+\/(demand|model|precision)(\/.*)$/;

export const alternativeKey = (pointer: string): string => `?${pointer}`;

/** Whether a field belongs to the way that was not chosen. */
export const isInactive = (values: FormValues, pointer: string): boolean => {
  const match = servicePlace.exec(pointer);
  if (!match) return false;
  const [, part = "", field = ""] = match;
  const alternative: Alternative = alternatives[part as keyof typeof alternatives];
  const chosen = values[alternativeKey(pointer.slice(0, -field.length))] ?? alternative.first;
  const others = chosen === alternative.second ? alternative.firstFields : alternative.secondFields;
  return others.includes(field);
};

/** The ways that a request's own fields have chosen already. */
export const alternativeKeys = (values: FormValues): Record<string, string> => {
  const chosen: Record<string, string> = {};
  for (const pointer of Object.keys(values)) {
    const match = servicePlace.exec(pointer);
    if (!match) continue;
    const [, part = "", field = ""] = match;
    const alternative: Alternative = alternatives[part as keyof typeof alternatives];
    const key = alternativeKey(pointer.slice(0, -field.length));
    chosen[key] = alternative.secondFields.includes(field) ? alternative.second : (chosen[key] ?? alternative.first);
  }
  return chosen;
};

import { checkPlan, type Plan, verificationOf } from "@headroom/core";

/** Every field of a plan, by pointer, that the check accepts with another value: none, but those that nobody computes with. */
export const acceptedChanges = (plan: Plan, hoursOfWeek: number): { readonly tried: number; readonly accepted: readonly string[] } => {
  // Hours repeat each other: the first ones stand for the week.
  const isLater = (pointer: string): boolean => Number(/\/(?:hourOfWeek|demandMet|routing)\/(\d+)/.exec(pointer)?.[1] ?? 0) >= hoursOfWeek;
  const pointers = leaves(plan).filter((pointer) => !free.some((pattern) => pattern.test(pointer)) && !isLater(pointer));
  return {
    tried: pointers.length,
    accepted: pointers.filter((pointer) => !refuses(withChange(plan, pointer.split("/").slice(1)) as Plan)),
  };
};

/** What nobody computes with: names, dates of the answer, words, and what the check itself writes. */
const free = [
  /^\/(?:id|name|catalogAsOf|assumptions|explanation)/,
  /^\/proof\/(?:verified|backend|seconds|checks)/,
  /^\/lines\/\d+\/predicted\/source$/,
  /^\/offers\/\d+\/zone$/,
  /\/providedRequestsPerSecond$/,
];

type Json = unknown;

const leaves = (value: Json, pointer = ""): string[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${pointer}/${key}`))
    : [pointer];

const changed = (value: Json): Json => {
  if (typeof value === "number") return value * 1.5 + 1;
  if (typeof value === "boolean") return !value;
  if (typeof value === "string") return /^\d+\.\d+$/.test(value) ? (Number(value) * 1.5 + 1).toFixed(2) : `${value}x`;
  return "x";
};

const withChange = (value: Json, [key, ...rest]: readonly string[]): Json => {
  if (key === undefined) return changed(value);
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  (copy as Record<string, Json>)[key] = withChange((value as Record<string, Json>)[key], rest);
  return copy;
};

const refuses = (mutated: Plan): boolean => {
  try {
    return !verificationOf(checkPlan(mutated)).holds;
  } catch {
    return true;
  }
};

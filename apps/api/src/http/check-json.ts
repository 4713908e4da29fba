import { type FieldError, jsonPointer } from "@headroom/core";

/** Deeper than any request or model config nests, shallower than any recursion over it overflows. */
const deepest = 64;

/** More fields than any object here has a use for. */
const widest = 10_000;

interface Visit {
  readonly value: unknown;
  readonly path: readonly PropertyKey[];
}

/**
 * What JSON allows and nothing behind this door can hold: nesting without end, numbers that overflowed, keys that reach
 * for an object's prototype, and text that PostgreSQL cannot store. Answers the first fault; visits without recursion.
 */
export const findUnstorable = (root: unknown): FieldError | undefined => {
  const pending: Visit[] = [{ value: root, path: [] }];
  for (let visit = pending.pop(); visit; visit = pending.pop()) {
    const { value, path } = visit;
    const fields = typeof value === "object" && value !== null ? Object.entries(value) : [];
    const detail = faultOf(value) ?? (path.length > deepest ? `nests deeper than ${deepest}` : undefined) ?? faultOfFields(value, fields);
    if (detail !== undefined) return { pointer: jsonPointer(path), detail };
    for (const [key, part] of fields) pending.push({ value: part, path: [...path, key] });
  }
  return undefined;
};

const faultOf = (value: unknown): string | undefined => {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : "is beyond the numbers that can be counted with";
  if (typeof value !== "string") return undefined;
  if (value.includes("\0")) return "contains the character U+0000";
  return value.isWellFormed() ? undefined : "contains half of a surrogate pair";
};

const faultOfFields = (owner: unknown, fields: readonly (readonly [string, unknown])[]): string | undefined => {
  if (Array.isArray(owner)) return undefined;
  if (fields.length > widest) return `has more than ${widest} fields`;
  for (const [key] of fields) {
    const fault = key === "__proto__" ? "is not a name that a field can have" : faultOf(key);
    if (fault !== undefined) return `has a field whose name ${fault}`;
  }
  return undefined;
};

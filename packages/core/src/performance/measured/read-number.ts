type Json = unknown;

/** The value at a path of keys; undefined where a step is missing. */
export const valueAt = (document: Json, ...path: readonly string[]): Json => {
  let value: Json = document;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, Json>>)[key];
  }
  return value;
};

/** A finite number at a path. Tools write an infinite rate as "inf" or leave it null: absent. */
export const numberAt = (document: Json, ...path: readonly string[]): number | undefined => {
  const value = valueAt(document, ...path);
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
};

export const textAt = (document: Json, ...path: readonly string[]): string | undefined => {
  const value = valueAt(document, ...path);
  return typeof value === "string" ? value : undefined;
};

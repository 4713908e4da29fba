import { isInactive } from "./alternatives.ts";
import { fieldKindAt } from "./field-kinds.ts";
import type { FormValues } from "./form-values.ts";

interface Entry {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** The request that the form asks, as JSON that only the API judges. */
export const requestOf = (values: FormValues): unknown => {
  const entries = Object.entries(values).flatMap(([pointer, text]): Entry[] => {
    const kind = fieldKindAt(pointer);
    if (!kind || isInactive(values, pointer)) return [];
    const path = pointer.split("/").slice(1);
    const value = kind.read(text);
    return [...itemsOn(path), ...(value === undefined ? [] : [{ path, value }])];
  });
  return build(entries) ?? {};
};

const isIndex = (segment: string | undefined): boolean => segment !== undefined && /^\d+$/.test(segment);

/** Every list item on the way to a field: an item whose fields are all empty is there all the same. */
const itemsOn = (path: readonly string[]): Entry[] =>
  path.flatMap((segment, depth) => (isIndex(segment) ? [{ path: path.slice(0, depth + 1), value: {} }] : []));

const build = (entries: readonly Entry[]): unknown => {
  const deeper = entries.filter(({ path }) => path.length > 0);
  if (deeper.length === 0) return entries[0]?.value;
  const heads = [...new Set(deeper.map(({ path: [head = ""] }) => head))];
  const below = (head: string): unknown =>
    build(deeper.flatMap(({ path: [first, ...rest], value }) => (first === head ? [{ path: rest, value }] : [])));
  if (heads.every(isIndex)) return heads.toSorted((a, b) => Number(a) - Number(b)).map(below);
  return Object.fromEntries(heads.map((head) => [head, below(head)]));
};

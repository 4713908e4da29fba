import type { FormValues } from "./form-values.ts";

/** How many items a list has in the form, whatever stands in them. */
export const countItems = (values: FormValues, list: string): number =>
  Object.keys(values).reduce((count, key) => Math.max(count, (positionIn(key, list) ?? -1) + 1), 0);

/** Puts an item at the list's end; `fields` are by pointer within the item. */
export const addItem = (values: FormValues, list: string, fields: FormValues): FormValues => {
  const at = countItems(values, list);
  const added = Object.entries(fields).map(([key, text]) => [moved(key, `${list}/${at}`), text] as const);
  return { ...values, ...Object.fromEntries(added) };
};

/** Takes an item away and moves those behind it up. */
export const removeItem = (values: FormValues, list: string, index: number): FormValues =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, text]) => {
      const position = positionIn(key, list);
      if (position === index) return [];
      if (position === undefined || position < index) return [[key, text]];
      return [[key.replace(`${list}/${position}`, `${list}/${position - 1}`), text]];
    }),
  );

/** Keys of alternatives carry a question mark before their pointer. */
const positionIn = (key: string, list: string): number | undefined => {
  const pointer = key.replace(/^\?/, "");
  if (!pointer.startsWith(`${list}/`)) return undefined;
  const [position = ""] = pointer.slice(list.length + 1).split("/");
  return /^\d+$/.test(position) ? Number(position) : undefined;
};

const moved = (key: string, prefix: string): string => (key.startsWith("?") ? `?${prefix}${key.slice(1)}` : `${prefix}${key}`);

import { addItem, countItems, removeItem } from "./edit-list.ts";
import { patternOf } from "./field-kinds.ts";
import type { FormValues } from "./form-values.ts";

/** The lists of the form, by their place in the request, and what a new item of each starts with. */
const newItems: Readonly<Record<string, FormValues>> = {
  "/services": {
    "/name": "",
    "?/model": "bundled",
    "/model/id": "",
    "?/demand": "people",
    "/demand/classes/0/name": "request",
    "/demand/classes/0/share": "100",
    "/slo/percentile": "95",
  },
  "/services/*/demand/classes": { "/name": "", "/islTokens": "", "/oslTokens": "", "/share": "" },
  "/market/quotas": { "/accelerator": "", "/max": "" },
};

/** What a button of the form asks for: `add:/services`, `remove:/services/0/demand/classes/1`. */
export type ListEdit = `add:${string}` | `remove:${string}`;

export const isListEdit = (intent: string): intent is ListEdit => /^(?:add|remove):\//.test(intent);

export const editLists = (values: FormValues, edit: ListEdit): FormValues => {
  const place = edit.slice(edit.indexOf(":") + 1);
  if (edit.startsWith("add:")) return addTo(values, place);
  const [, list = "", index = ""] = /^(.*)\/(\d+)$/.exec(place) ?? [];
  return patternOf(list) in newItems ? removeItem(values, list, Number(index)) : values;
};

const addTo = (values: FormValues, list: string): FormValues => {
  const fields = newItems[patternOf(list)];
  if (!fields) return values;
  const added = addItem(values, list, fields);
  const at = countItems(values, list);
  return list === "/services" && at > 0 ? { ...added, [`/services/${at}/name`]: `service-${at + 1}` } : added;
};

export const emptyForm: FormValues = addItem({ "/name": "" }, "/services", newItems["/services"] ?? {});

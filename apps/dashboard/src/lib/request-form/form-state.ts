import type { FieldError } from "./field-errors.ts";
import type { FormValues } from "./form-values.ts";
import { editLists, type ListEdit } from "./list-items.ts";
import { findPreset } from "./presets.ts";
import { requestOf } from "./request-of-form.ts";

/** The whole of what is typed, whichever way it is shown. */
export interface FormState {
  readonly values: FormValues;
  readonly view: "form" | "json";
  /** What stands in the JSON tab; the form's own request until it is edited there. */
  readonly json: string;
  readonly errors: readonly FieldError[];
  /** What is wrong as a whole, or what to know. */
  readonly message: string | undefined;
}

export const formState = (values: FormValues): FormState => ({ values, view: "form", json: "", errors: [], message: undefined });

/** A request that the form cannot show is shown as JSON. */
export const jsonState = (request: unknown, message?: string): FormState => ({
  values: {},
  view: "json",
  json: asJson(request),
  errors: [],
  message,
});

const asJson = (request: unknown): string => JSON.stringify(request, null, 2);

export const withEdit = (state: FormState, edit: ListEdit): FormState => ({ ...state, values: editLists(state.values, edit), errors: [] });

export const withPreset = (id: string): FormState => formState(findPreset(id).values);

export const showJson = (state: FormState): FormState => ({
  ...state,
  view: "json",
  json: asJson(requestOf(state.values)),
  errors: [],
  message: undefined,
});

export type ReadText = { readonly ok: true; readonly request: unknown } | { readonly ok: false; readonly detail: string };

/** The request that a state asks for. */
export const requestIn = (state: FormState): ReadText =>
  state.view === "form" ? { ok: true, request: requestOf(state.values) } : readText(state.json);

export const readText = (text: string): ReadText => {
  try {
    return { ok: true, request: JSON.parse(text) };
  } catch (error) {
    return { ok: false, detail: `This is not JSON: ${error instanceof Error ? error.message : "it cannot be read"}` };
  }
};

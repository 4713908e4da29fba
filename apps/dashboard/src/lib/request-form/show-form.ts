import { parseRequest, planRequest } from "@headroom/core";
import { formOf } from "./form-of-request.ts";
import { type FormState, formState, readText } from "./form-state.ts";

/** Goes from the JSON tab to the form: only with a request that the form can show whole, so that nothing is lost on the way. */
export const showForm = (state: FormState): FormState => {
  const read = readText(state.json);
  if (!read.ok) return { ...state, errors: [], message: read.detail };
  const parsed = parseRequest(planRequest, read.request);
  if (!parsed.ok) return { ...state, errors: parsed.errors, message: "The form can show this request once these are mended." };
  const values = formOf(parsed.value);
  return values
    ? formState(values)
    : { ...state, errors: [], message: "This request says more than the form can show. Plan it from here." };
};

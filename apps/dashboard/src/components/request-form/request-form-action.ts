"use server";

import { redirect } from "next/navigation";
import { type FormState, requestIn, showJson, withEdit, withPreset } from "@/lib/request-form/form-state.ts";
import { isListEdit } from "@/lib/request-form/list-items.ts";
import { readFormData } from "@/lib/request-form/read-form-data.ts";
import { showForm } from "@/lib/request-form/show-form.ts";
import { beginSolve } from "@/lib/solve/begin-solve.ts";

/** What the form's buttons do where no script does it: every button sends the form and says what it wants. */
export const submitRequestForm = async (before: FormState, form: FormData): Promise<FormState> => {
  const intent = String(form.get("intent") ?? "plan");
  const typed = form.get("json");
  const state: FormState =
    before.view === "json"
      ? { ...before, json: typeof typed === "string" ? typed : before.json }
      : { ...before, values: readFormData(form) };
  if (isListEdit(intent)) return withEdit(state, intent);
  if (intent.startsWith("preset:")) return withPreset(intent.slice("preset:".length));
  if (intent === "show-json") return showJson(state);
  if (intent === "show-form") return showForm(state);
  return plan(state);
};

const plan = async (state: FormState): Promise<FormState> => {
  const read = requestIn(state);
  if (!read.ok) return { ...state, errors: [], message: read.detail };
  const outcome = await beginSolve(read.request);
  switch (outcome.kind) {
    case "plan":
      return redirect(`/plans/${outcome.id}`);
    case "job":
      return redirect(`/jobs/${outcome.id}`);
    case "refused":
      return { ...state, errors: outcome.errors, message: outcome.message };
    case "cancelled":
      return { ...state, errors: [], message: "The solve was cancelled." };
  }
};

/** From the JSON tab to the form, for pages with scripts. */
export const showFormOf = async (state: FormState): Promise<FormState> => showForm(state);

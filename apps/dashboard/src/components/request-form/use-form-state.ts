"use client";

import { type RefObject, useEffect, useState } from "react";
import { showFormOf } from "@/components/request-form/request-form-action.ts";
import type { RequestFormContextValue } from "@/components/request-form/request-form-context.ts";
import { type FormState, showJson, withEdit, withPreset } from "@/lib/request-form/form-state.ts";
import { readFormData } from "@/lib/request-form/read-form-data.ts";

/** Holds what is typed, and everything that changes it without a solve. */
export const useFormState = (initial: FormState, form: RefObject<HTMLFormElement | null>) => {
  const [state, setState] = useState(initial);
  const [beforePreset, setBeforePreset] = useState<FormState>();
  const change = (changes: Partial<FormState>) => setState((before) => ({ ...before, ...changes }));

  // What was typed before the scripts were there stands in the page and not yet here.
  useEffect(() => {
    if (!form.current || initial.view === "json") return;
    const typed = readFormData(new FormData(form.current));
    setState((before) => ({ ...before, values: { ...before.values, ...typedBy(typed, before.values) } }));
  }, [form, initial.view]);

  const context: Omit<RequestFormContextValue, "lists"> = {
    values: state.values,
    errors: state.errors,
    set: (pointer, text) => setState((before) => ({ ...before, values: { ...before.values, [pointer]: text } })),
    edit: (edit) => setState((before) => withEdit(before, edit)),
  };
  const actions = {
    show: async (view: FormState["view"]) => {
      if (view === state.view) return;
      setState(view === "json" ? showJson(state) : await showFormOf(state));
    },
    fill: (preset: string) => {
      setBeforePreset(state);
      setState(withPreset(preset));
    },
    undo: beforePreset && (() => setState(beforePreset)),
  };
  return { state, change, context, actions };
};

/** Fields that nobody touched are left as they are known, absent or empty. */
const typedBy = (typed: FormState["values"], known: FormState["values"]): FormState["values"] =>
  Object.fromEntries(
    Object.entries(typed).filter(([pointer, text]) => text !== "" && known[pointer] !== text && !pointer.endsWith("capacityTypes")),
  );

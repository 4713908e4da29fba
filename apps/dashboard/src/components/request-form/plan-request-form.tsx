"use client";

import { type FormEvent, useActionState, useEffect, useRef } from "react";
import { ErrorSummary } from "@/components/request-form/error-summary.tsx";
import { JsonEditor } from "@/components/request-form/json-editor.tsx";
import { PresetBar } from "@/components/request-form/preset-bar.tsx";
import { RequestFields } from "@/components/request-form/request-fields.tsx";
import { submitRequestForm } from "@/components/request-form/request-form-action.ts";
import { RequestFormContext } from "@/components/request-form/request-form-context.ts";
import { SubmitBar } from "@/components/request-form/submit-bar.tsx";
import { useFormState } from "@/components/request-form/use-form-state.ts";
import { useSolve } from "@/components/request-form/use-solve.ts";
import { ViewTabs } from "@/components/request-form/view-tabs.tsx";
import type { FormLists } from "@/lib/request-form/form-lists.ts";
import type { FormState } from "@/lib/request-form/form-state.ts";
import { requestIn } from "@/lib/request-form/form-state.ts";

interface PlanRequestFormProps {
  readonly initial: FormState;
  readonly lists: FormLists;
}

/** The request as a form and as JSON. With scripts it solves in place; without, every button sends it to the server. */
export const PlanRequestForm = ({ initial, lists }: PlanRequestFormProps) => {
  const [answered, submit] = useActionState(submitRequestForm, initial);
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const { state, change, context, actions } = useFormState(answered, form);
  const solve = useSolve((outcome) => {
    const message = outcome.kind === "cancelled" ? "The solve was cancelled. Nothing was stored." : outcome.message;
    change({ errors: outcome.kind === "refused" ? outcome.errors : [], message });
  });

  // After a refusal the reader starts at what is wrong.
  useEffect(() => {
    if (state.message !== undefined) summary.current?.focus();
  }, [state.message]);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (solve.state.kind !== "idle") return;
    const read = requestIn(state);
    change({ errors: [], message: read.ok ? undefined : read.detail });
    if (read.ok) solve.start(read.request);
  };

  return (
    <form ref={form} action={submit} onSubmit={onSubmit} noValidate aria-label="Request" className="mt-5">
      {/* The first button of a form is the one that Enter in a field presses. */}
      <button type="submit" name="intent" value="plan" tabIndex={-1} aria-hidden="true" className="sr-only">
        Plan it
      </button>
      <ErrorSummary ref={summary} state={state} />
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <ViewTabs view={state.view} onShow={actions.show} />
        {state.view === "form" && <PresetBar onPick={actions.fill} onUndo={actions.undo} />}
      </div>
      <RequestFormContext value={{ ...context, lists }}>
        {state.view === "form" ? (
          <RequestFields />
        ) : (
          <JsonEditor text={state.json} errors={state.errors} onChange={(json) => change({ json })} />
        )}
      </RequestFormContext>
      <SubmitBar state={state} solve={solve.state} onCancel={solve.cancel} />
    </form>
  );
};

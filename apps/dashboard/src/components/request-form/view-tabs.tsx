"use client";

import type { FormState } from "@/lib/request-form/form-state.ts";

type View = FormState["view"];

const views: readonly { readonly view: View; readonly label: string }[] = [
  { view: "form", label: "Form" },
  { view: "json", label: "JSON" },
];

interface ViewTabsProps {
  readonly view: View;
  readonly onShow: (view: View) => void;
}

/** Two ways to write one request. Buttons that send the form, so that they work without scripts too. */
export const ViewTabs = ({ view, onShow }: ViewTabsProps) => (
  <fieldset className="flex rounded-md border border-line p-0.5 text-sm">
    <legend className="sr-only">Write the request as</legend>
    {views.map((option) => (
      <button
        key={option.view}
        type="submit"
        name="intent"
        value={`show-${option.view}`}
        aria-pressed={view === option.view}
        onClick={(event) => {
          event.preventDefault();
          onShow(option.view);
        }}
        className="cursor-pointer rounded px-3 py-1 text-soft leading-5 hover:text-ink aria-pressed:bg-sunken aria-pressed:font-medium aria-pressed:text-ink"
      >
        {option.label}
      </button>
    ))}
  </fieldset>
);

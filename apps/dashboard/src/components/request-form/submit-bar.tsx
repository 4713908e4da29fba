"use client";

import { SolveProgress } from "@/components/request-form/solve-progress.tsx";
import type { SolveState } from "@/components/request-form/use-solve.ts";
import { buttonStyle } from "@/components/ui/button-style.ts";
import type { FormState } from "@/lib/request-form/form-state.ts";
import { requestInWords } from "@/lib/request-form/request-in-words.ts";

interface SubmitBarProps {
  readonly state: FormState;
  readonly solve: SolveState;
  readonly onCancel: () => void;
}

/** Stays in sight, so that the default request is one click away from its plan. */
export const SubmitBar = ({ state, solve, onCancel }: SubmitBarProps) => (
  <div className="sticky bottom-0 z-10 -mx-4 -mb-20 border-line border-t bg-canvas px-4 py-3 sm:-mx-6 sm:px-6 lg:-mx-10 lg:px-10">
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <div className="min-w-0 flex-1 basis-60 text-sm" aria-live="polite">
        {solve.kind === "solving" ? (
          <SolveProgress startedAt={solve.startedAt} jobId={solve.jobId} />
        ) : (
          <p className="break-words text-soft">
            {solve.kind === "opening"
              ? "The plan is there, opening it…"
              : state.view === "form"
                ? requestInWords(state.values)
                : "As the JSON says"}
          </p>
        )}
      </div>
      {solve.kind === "solving" ? (
        // Keys keep the two apart: one element that changed its type under a click would send the form again.
        <button key="cancel" type="button" className={`${buttonStyle()} min-w-28 max-sm:w-full`} onClick={onCancel}>
          Cancel
        </button>
      ) : (
        <button
          key="plan"
          type="submit"
          name="intent"
          value="plan"
          className={`${buttonStyle("primary")} min-w-28 max-sm:w-full`}
          disabled={solve.kind === "opening"}
        >
          Plan it
        </button>
      )}
    </div>
  </div>
);

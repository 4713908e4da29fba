"use client";

import { useActionState, useState } from "react";
import { changeSchedule, type ScheduleOutcome } from "@/components/schedule/schedule-action.ts";
import { ScheduleFieldset } from "@/components/schedule/schedule-fieldset.tsx";
import { SchedulePreviewText } from "@/components/schedule/schedule-preview-text.tsx";
import { useSchedulePreview } from "@/components/schedule/use-schedule-preview.ts";
import { buttonStyle } from "@/components/ui/button-style.ts";
import { SubmitButton } from "@/components/ui/submit-button.tsx";
import type { SchedulePreview } from "@/lib/schedule/preview-schedule.ts";
import type { ScheduleFields } from "@/lib/schedule/schedule-fields.ts";

interface ScheduleFormProps {
  readonly planId: string;
  readonly kept: ScheduleFields;
  readonly isKept: boolean;
  readonly preview: SchedulePreview;
  readonly zones: readonly string[];
}

export const ScheduleForm = ({ planId, kept, isKept, preview, zones }: ScheduleFormProps) => {
  const [outcome, submit] = useActionState(changeSchedule, undefined);
  const [fields, setFields] = useState(kept);
  const shownPreview = useSchedulePreview(fields, preview);
  return (
    <form action={submit}>
      <input type="hidden" name="planId" value={planId} />
      <div className="grid items-start gap-x-10 gap-y-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <ScheduleFieldset
          fields={fields}
          zones={zones}
          errors={outcome?.kind === "refused" ? outcome.errors : {}}
          onChange={(changes) => setFields((before) => ({ ...before, ...changes }))}
        />
        <SchedulePreviewText preview={shownPreview} timeZone={fields.timeZone} isOn={fields.enabled} />
      </div>
      <div className="mt-5 flex flex-wrap items-center gap-3">
        <SubmitButton busy="Saving…" tone={isKept ? "secondary" : "primary"}>
          {isKept ? "Save the schedule" : "Set the schedule"}
        </SubmitButton>
        {isKept && (
          <button type="submit" name="intent" value="remove" className={buttonStyle("quiet")}>
            Remove it
          </button>
        )}
        <p aria-live="polite" className={`text-sm ${outcome?.kind === "refused" ? "text-bad" : "text-soft"}`}>
          {outcomeInWords(outcome)}
        </p>
      </div>
    </form>
  );
};

const outcomeInWords = (outcome: ScheduleOutcome | undefined): string => {
  switch (outcome?.kind) {
    case undefined:
      return "";
    case "kept":
      return "The schedule is kept.";
    case "removed":
      return "The schedule is gone; its runs are kept.";
    case "refused":
      return `Nothing was saved: ${outcome.reason}`;
  }
};

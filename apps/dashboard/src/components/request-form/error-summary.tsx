"use client";

import type { Ref } from "react";
import { Notice } from "@/components/ui/notice.tsx";
import { anchorOf, fieldId, placeInWords } from "@/lib/request-form/field-errors.ts";
import type { FormState } from "@/lib/request-form/form-state.ts";

interface ErrorSummaryProps {
  readonly state: FormState;
  readonly ref: Ref<HTMLDivElement>;
}

/** What is wrong, all of it, each with a link to the field that says it too. */
export const ErrorSummary = ({ state: { errors, message, view }, ref }: ErrorSummaryProps) => (
  <div ref={ref} tabIndex={-1} role="alert" className="mb-5 scroll-mt-4 rounded-lg empty:hidden">
    {message && (
      <Notice tone={errors.length > 0 ? "bad" : "warn"} title={message}>
        {errors.length > 0 && (
          <ul className="mt-1 list-disc space-y-0.5 pl-5">
            {errors.map(({ pointer, detail }) => (
              <li key={`${pointer} ${detail}`}>
                {view === "form" ? (
                  <FieldLink pointer={pointer} />
                ) : (
                  <code className="break-all font-mono text-[0.8125rem]">{pointer || "the request"}</code>
                )}{" "}
                {detail}
              </li>
            ))}
          </ul>
        )}
      </Notice>
    )}
  </div>
);

const FieldLink = ({ pointer }: { readonly pointer: string }) => {
  const place = placeInWords(pointer);
  const words = place.charAt(0).toUpperCase() + place.slice(1);
  const anchor = anchorOf(pointer);
  if (anchor === "") return <span className="font-medium">{words}</span>;
  return (
    <a href={`#${fieldId(anchor)}`} className="font-medium underline underline-offset-4">
      {words}
    </a>
  );
};

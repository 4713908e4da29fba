"use client";

import { Field } from "@/components/ui/field.tsx";
import { inputStyle } from "@/components/ui/input-style.ts";
import type { FieldError } from "@/lib/request-form/field-errors.ts";

interface JsonEditorProps {
  readonly text: string;
  readonly errors: readonly FieldError[];
  readonly onChange: (text: string) => void;
}

export const JsonEditor = ({ text, errors, onChange }: JsonEditorProps) => (
  <div className="mt-6 border-line border-t py-7">
    <Field
      id="request-json"
      label="The request as JSON"
      hint="The same document that POST /v1/plans and the command line take. Shares are 0 to 1, times in milliseconds."
      error={errors.length > 0 ? "Some places in it are wrong; the list above names them" : undefined}
    >
      {(aria) => (
        <textarea
          {...aria}
          name="json"
          spellCheck={false}
          rows={Math.min(40, Math.max(18, text.split("\n").length + 1))}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          className={`${inputStyle} resize-y font-mono text-[0.8125rem]`}
        />
      )}
    </Field>
  </div>
);

"use client";

import { useRequestForm } from "@/components/request-form/request-form-context.ts";
import { Field } from "@/components/ui/field.tsx";
import { inputStyle } from "@/components/ui/input-style.ts";
import { errorsAt, fieldId } from "@/lib/request-form/field-errors.ts";

interface TextAreaFieldProps {
  readonly at: string;
  readonly label: string;
  readonly hint: string;
  readonly rows: number;
}

export const TextAreaField = ({ at, label, hint, rows }: TextAreaFieldProps) => {
  const { values, errors, set } = useRequestForm();
  return (
    <Field id={fieldId(at)} label={label} hint={hint} error={errorsAt(errors, at).join("; ") || undefined}>
      {(aria) => (
        <textarea
          {...aria}
          name={at}
          rows={rows}
          spellCheck={false}
          value={values[at] ?? ""}
          onChange={(event) => set(at, event.target.value)}
          className={`${inputStyle} resize-y font-mono`}
        />
      )}
    </Field>
  );
};

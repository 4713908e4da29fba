"use client";

import type { ReactNode } from "react";
import { useRequestForm } from "@/components/request-form/request-form-context.ts";
import { Field } from "@/components/ui/field.tsx";
import { inputStyle } from "@/components/ui/input-style.ts";
import { errorsAt, fieldId } from "@/lib/request-form/field-errors.ts";

interface TextFieldProps {
  /** JSON Pointer of what it sets. */
  readonly at: string;
  readonly label: string;
  readonly unit?: string;
  readonly hint?: ReactNode;
  /** What holds where nothing is typed. */
  readonly whenEmpty?: string;
  readonly kind?: "number" | "words" | "date";
}

export const TextField = ({ at, label, unit, hint, whenEmpty, kind = "words" }: TextFieldProps) => {
  const { values, errors, set } = useRequestForm();
  return (
    <Field id={fieldId(at)} label={label} unit={unit} hint={hint} error={errorsAt(errors, at).join("; ") || undefined}>
      {(aria) => (
        <input
          {...aria}
          name={at}
          type={kind === "date" ? "date" : "text"}
          inputMode={kind === "number" ? "decimal" : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={whenEmpty}
          value={values[at] ?? ""}
          onChange={(event) => set(at, event.target.value)}
          className={`${inputStyle} placeholder:text-soft placeholder:italic`}
        />
      )}
    </Field>
  );
};

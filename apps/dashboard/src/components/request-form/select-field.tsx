"use client";

import { useRequestForm } from "@/components/request-form/request-form-context.ts";
import { Field } from "@/components/ui/field.tsx";
import { inputStyle } from "@/components/ui/input-style.ts";
import { errorsAt, fieldId } from "@/lib/request-form/field-errors.ts";

export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface SelectFieldProps {
  readonly at: string;
  readonly label: string;
  /** Said where nothing is chosen. */
  readonly whenEmpty: string;
  readonly choices: readonly Choice[];
  readonly hint?: string;
}

export const SelectField = ({ at, label, whenEmpty, choices, hint }: SelectFieldProps) => {
  const { values, errors, set } = useRequestForm();
  const value = values[at] ?? "";
  const isListed = value === "" || choices.some((choice) => choice.value === value);
  return (
    <Field id={fieldId(at)} label={label} hint={hint} error={errorsAt(errors, at).join("; ") || undefined}>
      {(aria) => (
        <select {...aria} name={at} value={value} onChange={(event) => set(at, event.target.value)} className={`${inputStyle} pr-8`}>
          <option value="">{whenEmpty}</option>
          {!isListed && <option value={value}>{value}</option>}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
};

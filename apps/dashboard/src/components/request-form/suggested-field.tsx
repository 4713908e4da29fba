"use client";

import { useRequestForm } from "@/components/request-form/request-form-context.ts";
import { Combobox } from "@/components/ui/combobox.tsx";
import type { Option } from "@/components/ui/combobox-options.ts";
import { Field } from "@/components/ui/field.tsx";
import { errorsAt, fieldId } from "@/lib/request-form/field-errors.ts";

interface SuggestedFieldProps {
  readonly at: string;
  readonly label: string;
  readonly options: readonly Option[];
  readonly hint?: string;
}

export const SuggestedField = ({ at, label, options, hint }: SuggestedFieldProps) => {
  const { values, errors, set } = useRequestForm();
  return (
    <Field id={fieldId(at)} label={label} hint={hint} error={errorsAt(errors, at).join("; ") || undefined}>
      {(aria) => (
        <Combobox
          id={aria.id}
          name={at}
          value={values[at] ?? ""}
          onChange={(text) => set(at, text)}
          options={options}
          describedBy={aria["aria-describedby"]}
          invalid={aria["aria-invalid"] === true}
        />
      )}
    </Field>
  );
};

"use client";

import { useRequestForm } from "@/components/request-form/request-form-context.ts";
import { errorsAt, fieldId } from "@/lib/request-form/field-errors.ts";

/** What is wrong with a group of fields as a whole. */
export const GroupErrors = ({ at }: { readonly at: string }) => {
  const wrong = errorsAt(useRequestForm().errors, at);
  return (
    <p id={fieldId(at)} tabIndex={-1} className="text-bad text-sm leading-5 first-letter:uppercase empty:hidden">
      {wrong.join("; ")}
    </p>
  );
};

import type { ReactNode } from "react";

interface FieldAria {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: true;
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  /** Stands behind the label, in words or a symbol. */
  readonly unit?: string | undefined;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly children: (aria: FieldAria) => ReactNode;
}

/** A label with its unit, what is typed, a hint, and what is wrong with it. */
export const Field = ({ id, label, unit, hint, error, children }: FieldProps) => {
  const describedBy = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter((part) => part !== "").join(" ");
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block font-medium text-sm leading-5">
        {label}
        {unit && <span className="font-normal text-soft">, {unit}</span>}
      </label>
      {children({ id, ...(describedBy ? { "aria-describedby": describedBy } : {}), ...(error ? { "aria-invalid": true } : {}) })}
      {error && (
        <p id={`${id}-error`} className="mt-1 text-bad text-sm leading-5 first-letter:uppercase">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-soft text-xs leading-4">
          {hint}
        </p>
      )}
    </div>
  );
};

"use client";

import { useRequestForm } from "@/components/request-form/request-form-context.ts";
import { errorsAt, fieldId } from "@/lib/request-form/field-errors.ts";

interface BoxListProps {
  readonly at: string;
  readonly label: string;
  readonly options: readonly string[];
  /** What holds where no box is ticked. */
  readonly whenNone: string;
  /** Ticked where the request says nothing. */
  readonly ticked?: readonly string[];
  /** How an option is called, where its own name is not for people. */
  readonly nameOf?: (option: string) => string;
}

/** Names to allow, a box each. What the request names and the catalog does not know has a box as well. */
export const BoxList = ({ at, label, options, whenNone, ticked = [], nameOf = (option) => option }: BoxListProps) => {
  const { values, errors, set } = useRequestForm();
  const text = values[at];
  const chosen = text === undefined ? ticked : text.split("\n").filter((name) => name !== "");
  const shown = [...options, ...chosen.filter((name) => !options.includes(name))];
  const toggle = (name: string, isTicked: boolean) => {
    const wanted = isTicked ? [...chosen, name] : chosen.filter((other) => other !== name);
    set(at, shown.filter((option) => wanted.includes(option)).join("\n"));
  };
  const wrong = errorsAt(errors, at);
  return (
    <fieldset id={fieldId(at)} tabIndex={-1} className="min-w-0" aria-describedby={wrong.length > 0 ? `${fieldId(at)}-error` : undefined}>
      <legend className="mb-1 font-medium text-sm leading-5">
        {label}
        <span className="font-normal text-soft">, {chosen.length === 0 ? whenNone : `${chosen.length} ticked`}</span>
      </legend>
      <input type="hidden" name={at} value="" />
      <div className="grid max-h-72 grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-x-5 gap-y-0.5 overflow-y-auto">
        {shown.map((name) => (
          <label key={name} className="flex min-h-7 cursor-pointer items-center gap-2 text-sm">
            <input
              type="checkbox"
              name={at}
              value={name}
              checked={chosen.includes(name)}
              onChange={(event) => toggle(name, event.target.checked)}
              className="size-4 shrink-0 accent-accent"
            />
            <span className="break-all">{nameOf(name)}</span>
          </label>
        ))}
      </div>
      {wrong.length > 0 && (
        <p id={`${fieldId(at)}-error`} className="mt-1 text-bad text-sm first-letter:uppercase">
          {wrong.join("; ")}
        </p>
      )}
    </fieldset>
  );
};

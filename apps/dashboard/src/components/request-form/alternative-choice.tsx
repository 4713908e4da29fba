"use client";

import { useRequestForm } from "@/components/request-form/request-form-context.ts";
import type { Choice } from "@/components/request-form/select-field.tsx";
import { alternativeKey } from "@/lib/request-form/alternatives.ts";

interface AlternativeChoiceProps {
  /** Of what both ways set. */
  readonly at: string;
  readonly label: string;
  readonly choices: readonly [Choice, Choice];
}

/** Which of two ways something is said in; styles show the fields of the chosen one, scripts or not. */
export const AlternativeChoice = ({ at, label, choices }: AlternativeChoiceProps) => {
  const { values, set } = useRequestForm();
  const key = alternativeKey(at);
  const chosen = values[key] ?? choices[0].value;
  return (
    <fieldset className="inline-flex max-w-full flex-wrap rounded-md border border-line p-0.5 text-sm">
      <legend className="sr-only">{label}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className="relative cursor-pointer rounded px-3 py-1 text-soft leading-5 hover:text-ink has-checked:bg-sunken has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={key}
            value={choice.value}
            checked={chosen === choice.value}
            onChange={() => set(key, choice.value)}
            className="absolute inset-0 cursor-pointer appearance-none outline-none"
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
};

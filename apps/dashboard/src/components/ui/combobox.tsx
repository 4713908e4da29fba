"use client";

import { useId } from "react";
import type { Option } from "@/components/ui/combobox-options.ts";
import { inputStyle } from "@/components/ui/input-style.ts";
import { OptionList } from "@/components/ui/option-list.tsx";
import { useCombobox } from "@/components/ui/use-combobox.ts";

interface ComboboxProps {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly Option[];
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean;
}

/** A text field with a list that follows what is typed. Any text is taken; without scripts it is a text field. */
export const Combobox = ({ id, name, value, onChange, options, describedBy, invalid = false }: ComboboxProps) => {
  const listId = useId();
  const { shown, active, open, close, pick, type, onKeyDown } = useCombobox({ value, options, onChange });
  return (
    <div className="relative">
      <input
        id={id}
        name={name}
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-expanded={shown.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        value={value}
        onChange={(event) => type(event.target.value)}
        onClick={open}
        onBlur={close}
        onKeyDown={onKeyDown}
        className={inputStyle}
      />
      <OptionList id={listId} options={shown} active={active} onPick={pick} />
    </div>
  );
};

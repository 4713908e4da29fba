import { type KeyboardEvent, useState } from "react";
import { type Option, optionsMatching } from "@/components/ui/combobox-options.ts";

interface ComboboxTerms {
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
}

/** What a combobox shows and how it hears keys; its list shows everything until something is typed. */
export const useCombobox = ({ value, options, onChange }: ComboboxTerms) => {
  const [isOpen, setIsOpen] = useState(false);
  const [isFiltering, setIsFiltering] = useState(false);
  const [active, setActive] = useState(-1);
  const shown = isOpen ? optionsMatching(options, isFiltering ? value : "") : [];

  const close = () => {
    setIsOpen(false);
    setIsFiltering(false);
    setActive(-1);
  };
  const open = () => {
    setIsOpen(true);
    setActive(optionsMatching(options, "").findIndex((option) => option.value === value));
  };
  const pick = (option: Option | undefined) => {
    if (option) onChange(option.value);
    close();
  };
  const type = (typed: string) => {
    onChange(typed);
    setIsOpen(true);
    setIsFiltering(true);
    setActive(-1);
  };
  const move = (step: 1 | -1) => {
    if (!isOpen) open();
    else setActive((active + step + shown.length) % Math.max(1, shown.length));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isHeard = hear(event.key);
    if (isHeard) event.preventDefault();
  };
  /** Whether the key means something here; otherwise it is the page's. */
  const hear = (key: string): boolean => {
    if (key === "ArrowDown") move(1);
    else if (key === "ArrowUp") move(-1);
    else if (key === "Escape" && isOpen) close();
    else if (key === "Enter" && isOpen && active >= 0) pick(shown[active]);
    else return false;
    return true;
  };
  return { shown, active, open, close, pick, type, onKeyDown };
};

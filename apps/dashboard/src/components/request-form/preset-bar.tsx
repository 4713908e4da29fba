"use client";

import { useState } from "react";
import { smallButtonStyle } from "@/components/ui/button-style.ts";
import { presets } from "@/lib/request-form/presets.ts";

interface PresetBarProps {
  readonly onPick: (preset: string) => void;
  /** Undefined until something was filled in. */
  readonly onUndo: (() => void) | undefined;
}

export const PresetBar = ({ onPick, onUndo }: PresetBarProps) => {
  const [filled, setFilled] = useState("");
  return (
    <fieldset className="-mx-2 flex min-w-0 flex-wrap items-center gap-x-1">
      <legend className="sr-only">Start from</legend>
      <span aria-hidden="true" className="px-2 text-sm text-soft">
        Start from
      </span>
      {presets.map(({ id, label }) => (
        <button
          key={id}
          type="submit"
          name="intent"
          value={`preset:${id}`}
          className={smallButtonStyle()}
          onClick={(event) => {
            event.preventDefault();
            onPick(id);
            setFilled(label);
          }}
        >
          {label}
        </button>
      ))}
      <span aria-live="polite" className="text-sm text-soft">
        {filled && <span className="sr-only">Filled in: {filled}.</span>}
      </span>
      {filled && onUndo && (
        <button
          type="button"
          className={smallButtonStyle("secondary")}
          onClick={() => {
            onUndo();
            setFilled("");
          }}
        >
          Undo
        </button>
      )}
    </fieldset>
  );
};

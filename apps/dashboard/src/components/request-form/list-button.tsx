"use client";

import { useRequestForm } from "@/components/request-form/request-form-context.ts";
import { smallButtonStyle } from "@/components/ui/button-style.ts";
import type { ListEdit } from "@/lib/request-form/list-items.ts";

interface ListButtonProps {
  readonly intent: ListEdit;
  readonly children: string;
  /** Said after the words by screen readers: which one. */
  readonly which?: string;
}

/** Adds or removes an item here; without scripts the server does it and sends the form back. */
export const ListButton = ({ intent, children, which }: ListButtonProps) => {
  const { edit } = useRequestForm();
  return (
    <button
      type="submit"
      name="intent"
      value={intent}
      formNoValidate
      className={smallButtonStyle()}
      onClick={(event) => {
        event.preventDefault();
        edit(intent);
      }}
    >
      {children}
      {which && <span className="sr-only"> {which}</span>}
    </button>
  );
};

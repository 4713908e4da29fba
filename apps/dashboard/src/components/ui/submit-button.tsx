"use client";

import { useFormStatus } from "react-dom";
import { type ButtonTone, buttonStyle } from "@/components/ui/button-style.ts";

interface SubmitButtonProps {
  readonly children: string;
  /** What it says while the form is on its way. */
  readonly busy: string;
  readonly tone?: ButtonTone;
}

export const SubmitButton = ({ children, busy, tone = "primary" }: SubmitButtonProps) => {
  const { pending } = useFormStatus();
  return (
    <button type="submit" disabled={pending} className={buttonStyle(tone)}>
      {pending ? busy : children}
    </button>
  );
};

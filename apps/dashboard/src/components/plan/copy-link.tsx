"use client";

import { useState } from "react";
import { buttonStyle } from "@/components/ui/button-style.ts";

const shownMs = 2000;

type Copied = "not yet" | "copied" | "refused";

const words: Readonly<Record<Copied, string>> = { "not yet": "Copy link", copied: "Copied", refused: "Not allowed" };

export const CopyLink = () => {
  const [copied, setCopied] = useState<Copied>("not yet");
  const copy = async () => {
    const outcome = await navigator.clipboard.writeText(location.origin + location.pathname).then(
      (): Copied => "copied",
      (): Copied => "refused",
    );
    setCopied(outcome);
    setTimeout(() => setCopied("not yet"), shownMs);
  };
  return (
    <button type="button" onClick={copy} className={`${buttonStyle()} min-w-26`}>
      <span aria-live="polite">{words[copied]}</span>
    </button>
  );
};

"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { buttonStyle } from "@/components/ui/button-style.ts";

export const ReloadButton = () => {
  const router = useRouter();
  const [isLoading, startLoading] = useTransition();
  return (
    <button type="button" className={buttonStyle("primary")} disabled={isLoading} onClick={() => startLoading(() => router.refresh())}>
      {isLoading ? "Trying…" : "Try again"}
    </button>
  );
};

"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const everyMs = 1500;

/** Loads the page's data again and again while something on it is under way. */
export const RefreshWhile = ({ active }: { readonly active: boolean }) => {
  const router = useRouter();
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [active, router]);
  return null;
};

"use client";

import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import type { SolveOutcome } from "@/lib/solve/solve-outcome.ts";

export type SolveState =
  | { readonly kind: "idle" }
  | { readonly kind: "solving"; readonly startedAt: number; readonly jobId?: string }
  | { readonly kind: "opening" };

const pollMs = 1000;

/**
 * Asks for a plan and stays with it: a plan is opened, a job is followed to its end, a refusal is handed on.
 * Cancelling lets go of the request, which the API hears, or cancels the job.
 */
export const useSolve = (onRefused: (outcome: Extract<SolveOutcome, { kind: "refused" | "cancelled" }>) => void) => {
  const router = useRouter();
  const [state, setState] = useState<SolveState>({ kind: "idle" });
  const [isOpening, startOpening] = useTransition();
  const current = useRef(new AbortController());

  const finish = (outcome: SolveOutcome) => {
    if (outcome.kind === "plan") {
      setState({ kind: "opening" });
      startOpening(() => router.push(`/plans/${outcome.id}`));
    } else if (outcome.kind !== "job") {
      setState({ kind: "idle" });
      onRefused(outcome);
    }
  };

  const follow = async (jobId: string, signal: AbortSignal): Promise<SolveOutcome> => {
    setState((before) => (before.kind === "solving" ? { ...before, jobId } : before));
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    const outcome = await ask(`/solves/${jobId}`, { signal });
    return outcome.kind === "job" ? follow(jobId, signal) : outcome;
  };

  const start = async (request: unknown) => {
    const controller = new AbortController();
    current.current = controller;
    setState({ kind: "solving", startedAt: Date.now() });
    const { signal } = controller;
    const begun = await ask("/solves", {
      method: "POST",
      body: JSON.stringify(request),
      headers: { "content-type": "application/json" },
      signal,
    });
    finish(begun.kind === "job" ? await follow(begun.id, signal) : begun);
  };

  const cancel = async () => {
    const jobId = state.kind === "solving" ? state.jobId : undefined;
    current.current.abort();
    if (jobId !== undefined) finish(await ask(`/solves/${jobId}`, { method: "DELETE" }));
  };

  return { state: isOpening ? ({ kind: "opening" } as const) : state, start, cancel };
};

const ask = async (address: string, terms: RequestInit): Promise<SolveOutcome> => {
  try {
    const response = await fetch(address, terms);
    return response.ok
      ? await response.json()
      : { kind: "refused", message: `The dashboard answered with status ${response.status}.`, errors: [] };
  } catch {
    if (terms.signal?.aborted) return { kind: "cancelled" };
    return { kind: "refused", message: "The dashboard itself is not answering. What you typed is still here.", errors: [] };
  }
};

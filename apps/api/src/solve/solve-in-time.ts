import type { Outcome } from "@headroom/core";
import type { Dependencies } from "../dependencies.ts";

export interface Solving<T> {
  readonly answer: Promise<Outcome<T>>;
  readonly cancel: () => void;
}

export type InTime<T> =
  | { readonly kind: "solved"; readonly outcome: Outcome<T> }
  /** It goes on; whoever gets this decides for how long. */
  | { readonly kind: "late"; readonly solving: Solving<T> }
  /** It was given up, because the server stops. */
  | { readonly kind: "stopping" };

export interface SolveQuestion<T> {
  readonly solve: (signal: AbortSignal) => Promise<Outcome<T>>;
  /** Aborts when the client goes away. */
  readonly client: AbortSignal;
}

/** Solves until the answer is there, the client's patience is over, or the server stops. Rejects where the solve does. */
export const solveInTime = async <T>(dependencies: Dependencies, { solve, client }: SolveQuestion<T>): Promise<InTime<T>> => {
  const { slots, lifecycle, answerWithinMs } = dependencies;
  const controller = new AbortController();
  const cancel = () => controller.abort();
  const answer = slots.run(controller.signal, () => solve(controller.signal));
  // Once it is given up or handed on, nobody may be waiting when it rejects.
  answer.catch(() => undefined);
  const late = after(answerWithinMs);
  const stopping = aborted(lifecycle.stopping);
  if (client.aborted) cancel();
  client.addEventListener("abort", cancel, { once: true });
  try {
    const first = await Promise.race([answer, late.over, stopping.happened]);
    if (first === "late") return { kind: "late", solving: { answer, cancel } };
    if (first !== "aborted") return { kind: "solved", outcome: first };
    cancel();
    return { kind: "stopping" };
  } finally {
    client.removeEventListener("abort", cancel);
    late.clear();
    stopping.clear();
  }
};

const after = (ms: number): { over: Promise<"late">; clear: () => void } => {
  let timer: ReturnType<typeof setTimeout>;
  const over = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), ms);
  });
  return { over, clear: () => clearTimeout(timer) };
};

const aborted = (signal: AbortSignal): { happened: Promise<"aborted">; clear: () => void } => {
  let listener = () => {};
  const happened = new Promise<"aborted">((resolve) => {
    listener = () => resolve("aborted");
    if (signal.aborted) listener();
    else signal.addEventListener("abort", listener, { once: true });
  });
  return { happened, clear: () => signal.removeEventListener("abort", listener) };
};

import { SolveAborted, SolveTooLarge } from "@headroom/solver/threads";
import type { ApiContext } from "../http/api-context.ts";
import { refuse } from "../http/refuse.ts";
import { SlotsFull, WaitAborted } from "./solve-slots.ts";

/** Seconds after which a slot may be free. */
const retryAfter = "2";

/** What a solve that was not carried out is answered; anything unexpected is thrown on. */
export const refuseSolve = (context: ApiContext, error: unknown): Response => {
  if (error instanceof SlotsFull)
    return refuse(context, "too-many-solves", { detail: error.message, headers: { "retry-after": retryAfter } });
  if (error instanceof SolveTooLarge) return refuse(context, "solve-too-large", { detail: error.message, errors: error.errors });
  if (error instanceof SolveAborted) {
    const errors = [{ pointer: "/limits/timeLimitSeconds", detail: error.message }];
    return refuse(context, "solve-stopped", { detail: error.message, errors });
  }
  if (error instanceof WaitAborted) return refuse(context, "solve-stopped", { detail: "it was given up before it began" });
  throw error;
};

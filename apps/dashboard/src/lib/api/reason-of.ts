import type { Answer } from "@headroom/client";

type Failure = Extract<Answer<unknown>, { ok: false }>;

/** Why a call came to nothing, in one sentence. */
export const reasonOf = (failure: Failure): string =>
  failure.kind === "problem" ? (failure.problem.detail ?? failure.problem.title) : `The API is not answering: ${failure.detail}`;

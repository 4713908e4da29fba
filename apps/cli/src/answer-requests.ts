import type { Outcome } from "@headroom/core";
import { problemOf } from "./problem-of.ts";
import { readRequests } from "./read-requests.ts";

export interface Answering {
  readonly file: string | undefined;
  readonly answer: (request: unknown) => Promise<Outcome<unknown>>;
  readonly write: (answer: unknown) => string;
}

/**
 * Answers every request of a call in order, one line each, and goes on after a bad one.
 * Resolves to the exit code: 0 when every request was answered, 2 when any was refused.
 */
export const answerRequests = async ({ file, answer, write }: Answering): Promise<number> => {
  const { form, requests } = readRequests(file);
  let exitCode = 0;
  for (const request of requests) {
    const outcome = request.ok ? await answer(request.value) : request;
    if (!outcome.ok) exitCode = 2;
    const document = outcome.ok ? outcome.value : { error: problemOf(outcome.errors) };
    process.stdout.write(`${outcome.ok && form === "document" ? write(document) : JSON.stringify(document)}\n`);
  }
  return exitCode;
};

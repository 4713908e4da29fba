import type { Answer } from "@headroom/client";
import { problemOf } from "./problem-of.ts";
import { readRequests } from "./read-requests.ts";

export interface Answering {
  readonly file: string | undefined;
  readonly answer: (request: unknown) => Promise<Answer<unknown>>;
  readonly render: (answer: unknown) => string;
  readonly print: (line: string) => void;
  readonly warn: (line: string) => void;
}

/**
 * Answers every request of a call in order, one line each, and goes on after a bad one.
 * Resolves to the exit code: 0 when every request was answered, 2 when any was refused, 1 when a server did not answer.
 */
export const answerRequests = async ({ file, answer, render, print, warn }: Answering): Promise<number> => {
  const { form, requests } = readRequests(file);
  let exitCode = 0;
  for (const request of requests) {
    const answered: Answer<unknown> = request.ok
      ? await answer(request.value)
      : { ok: false, kind: "problem", problem: problemOf(request.errors) };
    if (!answered.ok && answered.kind === "network") {
      warn(`the server did not answer: ${answered.detail}`);
      return 1;
    }
    if (!answered.ok) exitCode = 2;
    const document = answered.ok ? answered.value : { error: answered.problem };
    print(answered.ok && form === "document" ? render(document) : JSON.stringify(document));
  }
  return exitCode;
};

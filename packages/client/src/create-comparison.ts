import type { Answer } from "./answer.ts";
import type { JobDocument } from "./documents/job.ts";
import { send, type Transport } from "./transport.ts";

export interface ComparisonOptions {
  readonly signal?: AbortSignal;
  /** "respond-async" asks for a job at once; otherwise one comes only for solves of more than ten seconds. */
  readonly prefer?: "respond-async";
}

export type AnswerOrJob<T> = { readonly kind: "answer"; readonly answer: T } | { readonly kind: "job"; readonly job: JobDocument };

interface Comparison {
  readonly path: "/v1/frontiers" | "/v1/scenarios";
  readonly request: unknown;
  readonly options?: ComparisonOptions | undefined;
}

/** Many solves behind one request. Nothing is stored but the job, where it becomes one. */
export const createComparison = async <T>(
  transport: Transport,
  { path, request, options: { signal, prefer } = {} }: Comparison,
): Promise<Answer<AnswerOrJob<T>>> => {
  const headers = { ...(prefer === undefined ? {} : { prefer }) };
  const answer = await send(transport, { method: "POST", path, body: request, headers, signal });
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  return { ok: true, value: status === 202 ? { kind: "job", job: body as JobDocument } : { kind: "answer", answer: body as T } };
};

import type { Plan, PlanRequest } from "@headroom/core";
import type { Answer } from "./answer.ts";
import type { JobDocument } from "./documents/job.ts";
import { send, type Transport } from "./transport.ts";

export interface PlanOptions {
  readonly signal?: AbortSignal;
  /** "respond-async" asks for a job at once; otherwise one comes only for a solve of more than ten seconds. */
  readonly prefer?: "respond-async";
  /** The same key with the same request answers the same plan. */
  readonly idempotencyKey?: string;
}

export type PlanOrJob = { readonly kind: "plan"; readonly plan: Plan } | { readonly kind: "job"; readonly job: JobDocument };

export const createPlan = async (
  transport: Transport,
  request: PlanRequest,
  { signal, prefer, idempotencyKey }: PlanOptions = {},
): Promise<Answer<PlanOrJob>> => {
  const headers = {
    ...(prefer === undefined ? {} : { prefer }),
    ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
  };
  const answer = await send(transport, { method: "POST", path: "/v1/plans", body: request, headers, signal });
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  return { ok: true, value: status === 202 ? { kind: "job", job: body as JobDocument } : { kind: "plan", plan: body as Plan } };
};

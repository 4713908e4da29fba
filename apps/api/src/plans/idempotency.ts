import { createHash } from "node:crypto";
import type { PlanRequest } from "@headroom/core";
import type { RequestKey } from "@headroom/db";
import type { Dependencies } from "../dependencies.ts";
import type { ApiContext } from "../http/api-context.ts";
import type { Read } from "../http/read-body.ts";
import { refuseFields } from "../http/refuse.ts";
import { acceptedJob } from "../jobs/accepted-job.ts";
import { planAnswer } from "./plan-answer.ts";

const header = "idempotency-key";

/** The request's Idempotency-Key, where it has one. */
export const readRequestKey = (context: ApiContext, request: PlanRequest): Read<RequestKey | undefined> => {
  const key = context.req.header(header);
  if (key === undefined) return { ok: true, value: undefined };
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    return {
      ok: false,
      response: refuseFields(context, [{ pointer: "", detail: "the header Idempotency-Key must be 1 to 200 visible ASCII characters" }]),
    };
  }
  // The parsed request has its fields in the schema's order, so that equal requests have equal hashes.
  const requestHash = createHash("sha256").update(JSON.stringify(request)).digest("hex");
  return { ok: true, value: { key, requestHash } };
};

/** What the same request was answered before; undefined where the key is new. */
export const answeredBefore = async ({ store }: Dependencies, context: ApiContext, asked: RequestKey): Promise<Response | undefined> => {
  const known = await store.idempotencyKeys.find(asked.key);
  if (!known) return undefined;
  if (known.requestHash !== asked.requestHash) {
    return refuseFields(context, [{ pointer: "", detail: "this Idempotency-Key was used with another request" }]);
  }
  const { planId: id } = known;
  const text = id === null ? undefined : await store.plans.text(id);
  if (id !== null && text !== undefined) return planAnswer(context, { id, text });
  const job = known.jobId === null ? undefined : await store.jobs.get(known.jobId);
  return job && acceptedJob(context, job);
};

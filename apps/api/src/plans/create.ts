import { jobDocument } from "@headroom/client";
import { type Plan, type PlanRequest, planDocument, planRequest, under } from "@headroom/core";
import type { RequestKey } from "@headroom/db";
import { z } from "zod";
import type { Dependencies } from "../dependencies.ts";
import type { ApiContext } from "../http/api-context.ts";
import { bodyProblems, type Operation } from "../http/operation.ts";
import { prefersJob } from "../http/prefers-job.ts";
import { readBody } from "../http/read-body.ts";
import { refuse, refuseFields } from "../http/refuse.ts";
import { acceptedJob } from "../jobs/accepted-job.ts";
import { continueJob } from "../jobs/continue-job.ts";
import { refuseSolve } from "../solve/refuse-solve.ts";
import { type Solving, solveInTime } from "../solve/solve-in-time.ts";
import { answeredBefore, readRequestKey } from "./idempotency.ts";
import { largestRequest } from "./largest-request.ts";
import { planAnswer } from "./plan-answer.ts";

const headers = z.object({
  prefer: z.string().optional().describe("respond-async: answer with a job at once."),
  "idempotency-key": z.string().max(200).optional().describe("The same key with the same request answers the same plan."),
});

export const createPlanOperation = (dependencies: Dependencies): Operation => ({
  method: "post",
  path: "/v1/plans",
  tag: "Plans",
  summary: "Plan what to rent for services and their demand",
  body: planRequest,
  largestBody: largestRequest,
  headers,
  answers: {
    200: { description: "The plan, stored; its status says where no plan exists.", schema: planDocument },
    202: {
      description: "It takes longer: a job, which no failure of a server loses.",
      schema: jobDocument,
      headers: { location: "Of the job." },
    },
  },
  problems: [...bodyProblems, "solve-stopped", "too-many-solves", "stopping"],
  handle: async (context) => {
    const request = await readBody(context, planRequest);
    if (!request.ok) return request.response;
    const key = readRequestKey(context, request.value);
    if (!key.ok) return key.response;
    const asked = { request: request.value, key: key.value };
    const known = asked.key && (await answeredBefore(dependencies, context, asked.key));
    return known ?? planAnew(dependencies, context, asked);
  },
});

interface Asked {
  readonly request: PlanRequest;
  readonly key: RequestKey | undefined;
}

const planAnew = async (dependencies: Dependencies, context: ApiContext, asked: Asked): Promise<Response> => {
  const catalog = under("/market", await dependencies.shelf.choose(asked.request.market ?? {}));
  if (!catalog.ok) return refuseFields(context, catalog.errors);
  if (prefersJob(context)) return leaveToWorkers(dependencies, context, asked);
  try {
    const client = context.req.raw.signal;
    const solve = (signal: AbortSignal) => dependencies.solver.plan(asked.request, catalog.value, signal);
    const inTime = await solveInTime(dependencies, { solve, client });
    if (inTime.kind === "late") return await goOnWithJob(dependencies, context, { ...asked, solving: inTime.solving });
    if (inTime.kind === "stopping") return await leaveToWorkers(dependencies, context, asked);
    if (!inTime.outcome.ok) return refuseFields(context, inTime.outcome.errors);
    return await store(dependencies, context, { plan: inTime.outcome.value, key: asked.key });
  } catch (error) {
    return refuseSolve(context, error);
  }
};

/** Stores before it answers: a plan that was answered survives whatever happens next. */
const store = async (
  dependencies: Dependencies,
  context: ApiContext,
  { plan, key }: { plan: Plan; key: RequestKey | undefined },
): Promise<Response> => {
  const stored = await dependencies.store.plans.create(plan, key);
  return stored === "created" ? planAnswer(context, { id: plan.id, text: JSON.stringify(plan) }) : theWinner(dependencies, context, key);
};

const jobOf = ({ request, key }: Asked) => ({ work: { kind: "plan", request }, key }) as const;

const leaveToWorkers = async (dependencies: Dependencies, context: ApiContext, asked: Asked): Promise<Response> => {
  const job = await dependencies.store.jobs.create(jobOf(asked));
  return job === "key-taken" ? theWinner(dependencies, context, asked.key) : acceptedJob(context, job);
};

const goOnWithJob = async (
  dependencies: Dependencies,
  context: ApiContext,
  { solving, ...asked }: Asked & { solving: Solving<Plan> },
): Promise<Response> => {
  const held = await dependencies.store.jobs.createHeld(jobOf(asked));
  if (held === "key-taken") {
    solving.cancel();
    return theWinner(dependencies, context, asked.key);
  }
  const { complete } = dependencies.store.jobs;
  dependencies.lifecycle.inBackground(continueJob(dependencies, { lease: held.lease, solving, complete }));
  return acceptedJob(context, held.job);
};

/** Of two requests with one key the second answers what the first one stored. */
const theWinner = async (dependencies: Dependencies, context: ApiContext, key: RequestKey | undefined): Promise<Response> => {
  const answer = key && (await answeredBefore(dependencies, context, key));
  return (
    answer ?? refuse(context, "conflict", { detail: "another request with this Idempotency-Key was removed meanwhile: send it again" })
  );
};

import { jobDocument } from "@headroom/client";
import { type CatalogDocument, type Frontier, type Outcome, type PlanRequest, type Scenarios, under } from "@headroom/core";
import type { JobWork } from "@headroom/db";
import { SolveAborted } from "@headroom/solver/threads";
import { z } from "zod";
import type { Dependencies } from "../dependencies.ts";
import type { ApiContext } from "../http/api-context.ts";
import { bodyProblems, type Operation } from "../http/operation.ts";
import { prefersJob } from "../http/prefers-job.ts";
import { readBody } from "../http/read-body.ts";
import { refuse, refuseFields } from "../http/refuse.ts";
import { acceptedJob } from "../jobs/accepted-job.ts";
import { continueJob } from "../jobs/continue-job.ts";
import { largestRequest } from "../plans/largest-request.ts";
import { refuseSolve } from "./refuse-solve.ts";
import { solveInTime } from "./solve-in-time.ts";

interface Asked {
  readonly plan: PlanRequest;
}

interface Solve<Request> {
  readonly request: Request;
  readonly catalog: CatalogDocument;
  readonly signal: AbortSignal;
}

export interface Comparison<Request extends z.ZodType<Asked>, Answer extends z.ZodType> extends Pick<Operation, "path" | "summary"> {
  readonly request: Request;
  readonly answer: Answer;
  readonly workOf: (request: z.output<Request>) => JobWork;
  readonly solve: (question: Solve<z.output<Request>>) => Promise<Outcome<z.output<Answer> & (Frontier | Scenarios)>>;
}

const headers = z.object({ prefer: z.string().optional().describe("respond-async: answer with a job at once.") });

/** Many plans behind one request, solved off the request thread; nothing is stored but the job that it becomes after ten seconds. */
export const comparisonOperation = <Request extends z.ZodType<Asked>, Answer extends z.ZodType>(
  comparison: Comparison<Request, Answer>,
  dependencies: Dependencies,
): Operation => ({
  method: "post",
  path: comparison.path,
  tag: "Plans",
  summary: comparison.summary,
  body: comparison.request,
  largestBody: largestRequest,
  headers,
  answers: {
    200: { description: "The answer; nothing is stored.", schema: comparison.answer },
    202: { description: "It takes longer: a job that keeps the answer.", schema: jobDocument, headers: { location: "Of the job." } },
  },
  problems: [...bodyProblems, "solve-stopped", "too-many-solves", "stopping"],
  handle: async (context) => {
    const body = await readBody(context, comparison.request);
    if (!body.ok) return body.response;
    const request = body.value;
    const catalog = under("/plan/market", await dependencies.shelf.choose(request.plan.market ?? {}));
    if (!catalog.ok) return refuseFields(context, catalog.errors);
    const work = comparison.workOf(request);
    if (prefersJob(context)) return leaveToWorkers(dependencies, context, work);
    const solve = (signal: AbortSignal) => comparison.solve({ request, catalog: catalog.value, signal });
    return answerInTime(dependencies, context, { work, solve });
  },
});

interface InTime {
  readonly work: JobWork;
  readonly solve: (signal: AbortSignal) => Promise<Outcome<Frontier | Scenarios>>;
}

const answerInTime = async (dependencies: Dependencies, context: ApiContext, { work, solve }: InTime): Promise<Response> => {
  const { store, lifecycle } = dependencies;
  try {
    const inTime = await solveInTime(dependencies, { solve, client: context.req.raw.signal });
    if (inTime.kind === "stopping") return await leaveToWorkers(dependencies, context, work);
    if (inTime.kind === "solved")
      return inTime.outcome.ok ? context.json(inTime.outcome.value) : refuseFields(context, inTime.outcome.errors);
    const held = await store.jobs.createHeld({ work });
    if (held === "key-taken") return refuse(context, "conflict");
    lifecycle.inBackground(continueJob(dependencies, { lease: held.lease, solving: inTime.solving, complete: store.jobs.answer }));
    return acceptedJob(context, held.job);
  } catch (error) {
    if (!(error instanceof SolveAborted)) return refuseSolve(context, error);
    const errors = [{ pointer: "/plan/limits/timeLimitSeconds", detail: error.message }];
    return refuse(context, "solve-stopped", { detail: error.message, errors });
  }
};

/** Without a key of its own a job is never taken already. */
const leaveToWorkers = async ({ store }: Dependencies, context: ApiContext, work: JobWork): Promise<Response> => {
  const job = await store.jobs.create({ work });
  return job === "key-taken" ? refuse(context, "conflict") : acceptedJob(context, job);
};

import type { Answer, JobDocument, Problem } from "@headroom/client";
import type { PlanRequest } from "@headroom/core";
import { apiClient } from "../api/api-client.ts";
import { reasonOf } from "../api/reason-of.ts";
import { fieldErrorsOf } from "../request-form/field-errors.ts";
import type { SolveOutcome } from "./solve-outcome.ts";

/** Asks the API for a plan. When the signal aborts, the API gives the solve up. */
export const beginSolve = async (request: unknown, signal?: AbortSignal): Promise<SolveOutcome> => {
  const begun = await apiClient().plan(unread(request), signal ? { signal } : {});
  if (!begun.ok) return signal?.aborted ? { kind: "cancelled" } : refusedBy(begun);
  return begun.value.kind === "plan" ? { kind: "plan", id: begun.value.plan.id } : { kind: "job", id: begun.value.job.id };
};

/** How far a job is. */
export const followJob = async (id: string): Promise<SolveOutcome> => {
  const job = await apiClient().getJob(id);
  return job.ok ? outcomeOf(job.value) : refusedBy(job);
};

/** Cancels a job; one that was done first answers its plan. */
export const cancelJob = async (id: string): Promise<SolveOutcome> => {
  const cancelled = await apiClient().cancelJob(id);
  return cancelled.ok ? { kind: "cancelled" } : followJob(id);
};

/** Whatever was typed goes to the API, which is the one to judge it. */
const unread = (request: unknown): PlanRequest => request as PlanRequest;

const outcomeOf = ({ id, status, planId, problem }: JobDocument): SolveOutcome => {
  if (status === "cancelled") return { kind: "cancelled" };
  if (planId !== null) return { kind: "plan", id: planId };
  return status === "failed" ? refused(problem, "The solve failed.") : { kind: "job", id };
};

const refusedBy = (failure: Extract<Answer<unknown>, { ok: false }>): SolveOutcome =>
  failure.kind === "problem"
    ? refused(failure.problem, failure.problem.title)
    : { kind: "refused", message: reasonOf(failure), errors: [] };

const refused = (problem: Problem | null, otherwise: string): SolveOutcome => {
  const errors = problem ? fieldErrorsOf(problem) : [];
  return { kind: "refused", message: errors.length > 0 ? (problem?.title ?? otherwise) : (problem?.detail ?? otherwise), errors };
};

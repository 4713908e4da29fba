import type { Frontier, FrontierRequest, Scenarios, ScenariosRequest } from "@headroom/core";
import type { Answer } from "./answer.ts";
import type { AnswerOrJob, ComparisonOptions } from "./create-comparison.ts";
import type { HeadroomClient } from "./headroom-client.ts";
import { endedWithout, waitForJob } from "./wait-for-job.ts";

/** Asks for a frontier and stays with the job, where it becomes one, until the answer is there. */
export const frontierAndWait = async (
  client: HeadroomClient,
  request: FrontierRequest,
  options: ComparisonOptions = {},
): Promise<Answer<Frontier>> => answerOf(client, await client.frontier(request, options), options);

/** The same for scenarios. */
export const scenariosAndWait = async (
  client: HeadroomClient,
  request: ScenariosRequest,
  options: ComparisonOptions = {},
): Promise<Answer<Scenarios>> => answerOf(client, await client.scenarios(request, options), options);

/** A job's answer is of the kind that was asked for. */
const answerOf = async <T extends Frontier | Scenarios>(
  client: HeadroomClient,
  begun: Answer<AnswerOrJob<T>>,
  options: ComparisonOptions,
): Promise<Answer<T>> => {
  if (!begun.ok) return begun;
  if (begun.value.kind === "answer") return { ok: true, value: begun.value.answer };
  const job = await waitForJob(client, begun.value.job, options);
  if (!job.ok) return job;
  return job.value.answer === null ? endedWithout(job.value) : { ok: true, value: job.value.answer as T };
};

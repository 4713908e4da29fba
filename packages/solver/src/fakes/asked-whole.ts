import { type Catalog, enumerateCandidates, type PlanRequest, parseRequest, planRequest } from "@headroom/core";
import type { WholeQuestion } from "../explain/whole-question.ts";
import { fleetQuestion } from "../formulate/fleet-question.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import { placeTraining } from "../solve/place-training.ts";
import { solveWithJobs } from "../solve/solve-with-jobs.ts";
import { strictTools } from "./strict-tools.ts";

/** What the explanation of a request for services alone asks about. */
export const askedWhole = async (document: unknown, catalog: Catalog): Promise<WholeQuestion> => {
  const parsed = parseRequest(planRequest, document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const request: PlanRequest = parsed.value;
  const question = fleetQuestion(request, catalog);
  const training = question.ok ? placeTraining(request, question.value) : question;
  if (!question.ok || !training.ok) throw new Error(JSON.stringify({ question, training }));
  const { candidates } = enumerateCandidates(question.value.needs, question.value.offers);
  const problem = {
    ...question.value,
    candidates,
    limits: { timeLimitSeconds: 20, relativeGap: 0 },
    effort: hourGroups(question.value.needs).length > 1 ? ("near" as const) : ("whole" as const),
    deadlineMs: Number.POSITIVE_INFINITY,
  };
  const placed = await solveWithJobs({ services: problem, jobs: [], candidates: [], beside: "nothing" }, strictTools);
  if (placed.kind !== "fleet") throw new Error(placed.kind);
  return {
    problem,
    input: { request, catalog, version: "test", newId: () => "plan_test" },
    jobs: { question: question.value, candidates: [], placed, training: training.value, trainingAtFirst: training.value },
    spent: placed.costPerHour,
    atLeast: placed.boundPerHour,
  };
};

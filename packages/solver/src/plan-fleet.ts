import { type Candidates, type Catalog, defaultLimits, type Outcome, type Plan, type PlanRequest, refuse, succeed } from "@headroom/core";
import { explainFleet, explainNoFleet, explainNoJobs } from "./explain/explain-fleet.ts";
import { draftPlan } from "./extract-plan/draft-plan.ts";
import { sealPlan } from "./extract-plan/seal-plan.ts";
import { unexplained } from "./extract-plan/unexplained.ts";
import { usedInstances } from "./formulate/buyable-units.ts";
import { candidatesInTime } from "./formulate/candidates-in-time.ts";
import { type FleetQuestion, fleetQuestion } from "./formulate/fleet-question.ts";
import { withinSize } from "./formulate/question-size.ts";
import { withoutEarlierPlans } from "./replan/without-earlier-plans.ts";
import type { FleetProblem } from "./solve/fleet.ts";
import { cheapenTraining, placeTraining } from "./solve/place-training.ts";
import { solveHorizon } from "./solve/solve-horizon.ts";
import { type SolveTools, timed } from "./solve/solve-tools.ts";

export interface PlanFleetInput {
  readonly request: PlanRequest;
  readonly catalog: Catalog;
  /** Of Headroom: part of what the plan's hash stands for. */
  readonly version: string;
  readonly newId: () => string;
  /** Absent: whole. "none" is for many plans of which only the cost is asked. */
  readonly explain?: "whole" | "none";
}

/** From a request and a catalog to a plan that is checked and explained. The order of the stages stands here and nowhere else. */
export const planFleet = async (asIs: PlanFleetInput, tools: SolveTools): Promise<Outcome<Plan>> => {
  const startedMs = tools.nowMs();
  const input = { ...asIs, request: withoutEarlierPlans(asIs.request) };
  const { request, catalog } = input;
  const asked = fleetQuestion(request, catalog);
  if (!asked.ok) return asked;
  const question = asked.value;
  const ending = endingBy(startedMs, request);
  const size = withinSize({
    offers: question.offers,
    needs: [...question.needs, ...question.jobs.map(({ need }) => need)],
    timeLimitSeconds: ending.limits.timeLimitSeconds,
  });
  if (!size.ok) return size;
  const training = placeTraining(request, question);
  if (!training.ok) return training;
  const isLate = () => tools.nowMs() > ending.deadlineMs;
  const found = await timed(tools, "candidates", () => candidatesOf(question, isLate));
  if (!found) return outOfTime("the time limit came before every candidate was weighed");
  const problem: FleetProblem = { ...question, rules: training.value.rules, candidates: found.services.candidates, ...ending };
  const beside = training.value.runs.length > 0 ? "training" : "nothing";
  const withJobs = { services: problem, jobs: question.jobs, candidates: found.jobs.candidates, beside } as const;
  const outcome = await timed(tools, "solve", () => solveHorizon(withJobs, request, tools));
  const rejections = [...found.services.rejections, ...found.jobs.rejections];
  const spokenOf = "told" in outcome ? { ...outcome.told, deadlineMs: ending.deadlineMs } : problem;
  const refused = { problem: spokenOf, rejections, catalog, request, fleet: undefined };
  switch (outcome.kind) {
    case "fleet": {
      const others = question.needs.length + question.jobs.length > 0 ? "some" : "none";
      const trained = cheapenTraining(training.value, question, { room: outcome.room, others });
      const jobs = { question, candidates: found.jobs.candidates, placed: outcome, training: trained, trainingAtFirst: training.value };
      const draft = draftPlan(input, { problem, training: trained, outcome });
      const told = { ...refused, input, draft, fleet: outcome.fleet, jobs, staged: outcome.staged };
      const explanation = input.explain === "none" ? unexplained : await timed(tools, "explanation", () => explainFleet(told, tools));
      const seconds = secondsSince(startedMs, tools);
      return succeed(await timed(tools, "check", () => sealPlan(draft, { explanation, seconds })));
    }
    case "infeasible": {
      const explain = outcome.of === "jobs" ? explainNoJobs : explainNoFleet;
      const explanation = input.explain === "none" ? unexplained : await explain({ ...refused, candidates: found.jobs.candidates }, tools);
      const draft = draftPlan(input, { problem, training: training.value, outcome });
      return succeed(sealPlan(draft, { explanation, seconds: secondsSince(startedMs, tools) }));
    }
    case "no-room":
      return refuse(
        "/batchJobs",
        "find no room beside the services: quotas, stock, spot share or budget leave too little by their deadlines",
      );
    case "out-of-time":
      return outOfTime(outcome.reason);
  }
};

const outOfTime = (reason: string): Outcome<Plan> =>
  refuse("/limits/timeLimitSeconds", `${reason}: give more seconds, or a smaller market`);

interface AllCandidates {
  readonly services: Candidates;
  readonly jobs: Candidates;
}

const candidatesOf = async ({ needs, jobs, offers, rules }: FleetQuestion, isLate: () => boolean): Promise<AllCandidates | undefined> => {
  const services = await candidatesInTime({ needs, offers, used: usedInstances(rules) }, isLate);
  const batch = await candidatesInTime({ needs: jobs.map(({ need }) => need), offers, used: "whole" }, isLate);
  return services && batch && { services, jobs: batch };
};

/** What was begun within the limit is brought to an end a little after it: a fleet made whole is worth more than none. */
const graceMs = 1000;

const endingBy = (startedMs: number, request: PlanRequest): Pick<FleetProblem, "limits" | "effort" | "deadlineMs"> => {
  const limits = limitsOf(request);
  return { limits, effort: "whole", deadlineMs: startedMs + limits.timeLimitSeconds * 1000 + graceMs };
};

const limitsOf = ({ limits }: PlanRequest) => ({
  timeLimitSeconds: limits?.timeLimitSeconds ?? defaultLimits.timeLimitSeconds,
  relativeGap: limits?.gap ?? defaultLimits.gap,
});

const secondsSince = (startedMs: number, { nowMs }: SolveTools): number => Math.round(nowMs() - startedMs) / 1000;

import { type Catalog, defaultLimits, type Outcome, type Plan, type PlanRequest, refuse, succeed } from "@headroom/core";
import { explainFleet, explainNoFleet } from "./explain/explain-fleet.ts";
import { draftPlan } from "./extract-plan/draft-plan.ts";
import { sealPlan } from "./extract-plan/seal-plan.ts";
import { candidatesInTime } from "./formulate/candidates-in-time.ts";
import { fleetQuestion } from "./formulate/fleet-question.ts";
import { withinSize } from "./formulate/question-size.ts";
import type { FleetProblem } from "./solve/fleet.ts";
import { placeTraining } from "./solve/place-training.ts";
import { solveHorizon } from "./solve/solve-horizon.ts";
import { type SolveTools, timed } from "./solve/solve-tools.ts";

export interface PlanFleetInput {
  readonly request: PlanRequest;
  readonly catalog: Catalog;
  /** Of Headroom: part of what the plan's hash stands for. */
  readonly version: string;
  readonly newId: () => string;
}

/** From a request and a catalog to a plan that is checked and explained. The order of the stages stands here and nowhere else. */
export const planFleet = async (input: PlanFleetInput, tools: SolveTools): Promise<Outcome<Plan>> => {
  const startedMs = tools.nowMs();
  const question = fleetQuestion(input.request, input.catalog);
  if (!question.ok) return question;
  const ending = endingBy(startedMs, input.request);
  const size = withinSize({ ...question.value, timeLimitSeconds: ending.limits.timeLimitSeconds });
  if (!size.ok) return size;
  const training = placeTraining(input.request, question.value);
  if (!training.ok) return training;
  const { needs, offers } = question.value;
  const isLate = () => tools.nowMs() > ending.deadlineMs;
  const enumerated = await timed(tools, "candidates", () => candidatesInTime(needs, offers, isLate));
  if (!enumerated) return outOfTime("the time limit came before every candidate was weighed");
  const { candidates, rejections } = enumerated;
  const problem = { ...question.value, rules: training.value.rules, candidates, ...ending };
  const staging = { request: input.request, rules: question.value.rules, runs: training.value.runs };
  const outcome = await timed(tools, "solve", () => solveHorizon(problem, staging, tools));
  if (outcome.kind === "out-of-time") return outOfTime(outcome.reason);
  const refused = { problem: outcome.told, rejections, catalog: input.catalog, request: input.request };
  switch (outcome.kind) {
    case "fleet": {
      const explanation = await timed(tools, "explanation", () =>
        explainFleet({ ...refused, fleet: outcome.fleet, staged: outcome.staged }, tools),
      );
      const draft = draftPlan(input, { problem, outcome, explanation, training: training.value, seconds: secondsSince(startedMs, tools) });
      return succeed(await timed(tools, "check", () => sealPlan(draft)));
    }
    case "infeasible": {
      const explanation = await explainNoFleet({ ...refused, fleet: undefined }, tools);
      return succeed(
        sealPlan(draftPlan(input, { problem, outcome, explanation, training: training.value, seconds: secondsSince(startedMs, tools) })),
      );
    }
  }
};

const outOfTime = (reason: string): Outcome<Plan> =>
  refuse("/limits/timeLimitSeconds", `${reason}: give more seconds, or a smaller market`);

/** What explains a plan may begin a little after the limit, so that a plan found late is explained too. */
const graceMs = 2000;

const endingBy = (startedMs: number, request: PlanRequest): Pick<FleetProblem, "limits" | "effort" | "deadlineMs"> => {
  const limits = limitsOf(request);
  return { limits, effort: "whole", deadlineMs: startedMs + limits.timeLimitSeconds * 1000 + graceMs };
};

const limitsOf = ({ limits }: PlanRequest) => ({
  timeLimitSeconds: limits?.timeLimitSeconds ?? defaultLimits.timeLimitSeconds,
  relativeGap: limits?.gap ?? defaultLimits.gap,
});

const secondsSince = (startedMs: number, { nowMs }: SolveTools): number => Math.round(nowMs() - startedMs) / 1000;

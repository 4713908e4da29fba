import type { Candidate, Explanation } from "@headroom/core";
import { throughputMayFallBy } from "../extract-plan/extract-routing.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import type { Fleet, FleetProblem } from "../solve/fleet.ts";
import type { StagedFleet } from "../solve/solve-stages.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { withoutRuns } from "../solve/solve-with-jobs.ts";
import { baselines } from "./baselines.ts";
import { bindingConstraints } from "./binding-constraints.ts";
import type { PlannedJobs } from "./cost-with-jobs.ts";
import { overHorizon } from "./over-horizon.ts";
import { planInForce } from "./plan-in-force.ts";
import { explainRejections, type Refused } from "./rejections.ts";
import { relaxations } from "./relaxations.ts";
import { runnersUp } from "./runners-up.ts";

/** Each of the many small questions behind an explanation may take this long at most. */
const questionSeconds = 2;

/** And is answered this closely: what differs by less says little. */
const questionGap = 0.005;

/** And all of them together as long as the plan itself may. */
const inTime = ({ limits }: FleetProblem, tools: SolveTools): SolveTools => ({
  ...tools,
  explainUntilMs: tools.nowMs() + 1000 * limits.timeLimitSeconds,
});

const quickly = (problem: FleetProblem): FleetProblem => ({
  ...problem,
  effort: hourGroups(problem.needs).length > 1 ? "near" : "whole",
  limits: {
    relativeGap: Math.max(questionGap, problem.limits.relativeGap),
    timeLimitSeconds: Math.min(questionSeconds, problem.limits.timeLimitSeconds),
  },
});

/** Why this fleet and not another; the words come last, from the finished plan. */
export const explainFleet = async (
  refused: Refused & { readonly fleet: Fleet; readonly jobs: PlannedJobs; readonly staged?: StagedFleet | undefined },
  unhurried: SolveTools,
): Promise<Explanation> => {
  const { fleet, jobs, request, staged } = refused;
  const tools = inTime(refused.problem, unhurried);
  const problem = quickly({ ...refused.problem, rules: withoutRuns(refused.problem.rules, jobs.placed.runs) });
  const told = { problem: quickly(refused.problem), request, jobs };
  const whole = staged ? overHorizon(told, staged) : told;
  return {
    text: [],
    bindingConstraints: await bindingConstraints(problem, fleet, tools),
    runnersUp: await runnersUp(whole, tools),
    rejections: await explainRejections({ ...refused, problem }, tools),
    baselines: await baselines(whole, planInForce(refused.request, refused.catalog), tools),
    throughputMayFallBy: staged ? leastSpare(staged) : throughputMayFallBy(problem, fleet),
  };
};

const leastSpare = ({ stages }: StagedFleet): number =>
  Math.min(...stages.map((inStage) => throughputMayFallBy(inStage.problem, inStage.fleet) ?? 1));

const nothing = {
  text: [],
  bindingConstraints: [],
  runnersUp: [],
  baselines: { onDemandOnly: null, cheapestSingleType: null, allReserved: null, popularRule: null },
  throughputMayFallBy: null,
};

/** Why there is none, and what would have to give. */
export const explainNoFleet = async (refused: Refused, unhurried: SolveTools): Promise<Explanation> => {
  const tools = inTime(refused.problem, unhurried);
  const problem = quickly(refused.problem);
  return {
    ...nothing,
    rejections: await explainRejections({ ...refused, problem }, tools),
    relaxations: await relaxations({ ...problem, effort: "whole" }, refused.rejections, tools),
  };
};

/** Why a batch job has no machine at all. */
export const explainNoJobs = async (
  refused: Refused & { readonly candidates: readonly Candidate[] },
  unhurried: SolveTools,
): Promise<Explanation> => {
  const problem = { ...refused.problem, candidates: [...refused.problem.candidates, ...refused.candidates] };
  return { ...nothing, rejections: await explainRejections({ ...refused, problem }, inTime(problem, unhurried)), relaxations: [] };
};

/** Of a plan of which only the cost is asked. */
export const unexplained: Explanation = {
  ...nothing,
  rejections: [],
};

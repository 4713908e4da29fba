import { type Candidate, type Explanation, type Plan, usd } from "@headroom/core";
import { throughputMayFallBy } from "../extract-plan/extract-routing.ts";
import { unexplained } from "../extract-plan/unexplained.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import type { PlanFleetInput } from "../plan-fleet.ts";
import type { Fleet, FleetProblem } from "../solve/fleet.ts";
import { inTime } from "../solve/in-time.ts";
import type { StagedFleet } from "../solve/solve-stages.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { withoutRuns } from "../solve/solve-with-jobs.ts";
import { baselines } from "./baselines.ts";
import { bindingConstraints } from "./binding-constraints.ts";
import { overHorizon } from "./over-horizon.ts";
import { planInForce } from "./plan-in-force.ts";
import { explainRejections, type Refused } from "./rejections.ts";
import { relaxations } from "./relaxations.ts";
import { runnersUp } from "./runners-up.ts";
import type { PlannedJobs, WholeQuestion } from "./whole-question.ts";

/** Each of the many small questions behind an explanation may take this long at most. */
const questionSeconds = 2;

/** And is answered this closely: what differs by less says little. */
const questionGap = 0.005;

/** And all of them together have what the solve leaves of its time, and so much after it: a plan found late is explained too. */
const graceMs = 1000;

const endOf = ({ deadlineMs }: FleetProblem): number => deadlineMs + graceMs;

const hurried = (problem: FleetProblem, tools: SolveTools): SolveTools => ({
  ...inTime(tools, endOf(problem)),
  explainUntilMs: endOf(problem),
});

const quickly = (problem: FleetProblem): FleetProblem => ({
  ...problem,
  effort: hourGroups(problem.needs).length > 1 ? "near" : "whole",
  begins: "by hours",
  deadlineMs: endOf(problem),
  limits: {
    relativeGap: Math.max(questionGap, problem.limits.relativeGap),
    timeLimitSeconds: Math.min(questionSeconds, problem.limits.timeLimitSeconds),
  },
});

/** A plan before its explanation, and what it was found from. */
interface ToExplain extends Refused {
  readonly input: PlanFleetInput;
  readonly draft: Plan;
  readonly fleet: Fleet;
  readonly jobs: PlannedJobs;
  readonly staged?: StagedFleet | undefined;
}

/** Why this fleet and not another; the words come last, from the finished plan. */
export const explainFleet = async (asked: ToExplain, unhurried: SolveTools): Promise<Explanation> => {
  const { fleet, jobs, staged, request, catalog } = asked;
  const tools = hurried(asked.problem, unhurried);
  const problem = quickly({ ...asked.problem, rules: withoutRuns(asked.problem.rules, jobs.placed.runs) });
  const whole = wholeQuestion(asked);
  return {
    text: [],
    bindingConstraints: await bindingConstraints(problem, fleet, tools),
    runnersUp: whole ? await runnersUp(whole, tools) : [],
    rejections: await explainRejections({ ...asked, problem }, tools),
    baselines: { ...(whole ? await baselines(whole, tools) : unexplained.baselines), ...planInForce(request, catalog) },
    throughputMayFallBy: staged ? leastSpare(staged) : throughputMayFallBy(problem, fleet),
  };
};

/** The question whose other answers the plan is compared with; undefined where it is none that one request asks. */
const wholeQuestion = ({ problem, input, draft: { cost, proof }, jobs, staged }: ToExplain): WholeQuestion | undefined => {
  const told: WholeQuestion = {
    problem: quickly(problem),
    input,
    jobs,
    spent: usd(cost?.usdPerHour ?? 0),
    atLeast: proof.lowerBoundUsdPerHour === null ? undefined : usd(proof.lowerBoundUsdPerHour),
  };
  return staged ? overHorizon(told, staged) : told;
};

const leastSpare = ({ stages }: StagedFleet): number =>
  Math.min(...stages.map((inStage) => throughputMayFallBy(inStage.problem, inStage.fleet) ?? 1));

/** Why there is none, and what would have to give. */
export const explainNoFleet = async (refused: Refused, unhurried: SolveTools): Promise<Explanation> => {
  const tools = hurried(refused.problem, unhurried);
  const problem = quickly(refused.problem);
  return {
    ...unexplained,
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
  return { ...unexplained, rejections: await explainRejections({ ...refused, problem }, hurried(problem, unhurried)), relaxations: [] };
};

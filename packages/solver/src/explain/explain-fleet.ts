import type { Explanation } from "@headroom/core";
import { throughputMayFallBy } from "../extract-plan/extract-routing.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import type { Fleet, FleetProblem } from "../solve/fleet.ts";
import type { StagedFleet } from "../solve/solve-stages.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { baselines } from "./baselines.ts";
import { bindingConstraints } from "./binding-constraints.ts";
import { overHorizon } from "./over-horizon.ts";
import { planInForce } from "./plan-in-force.ts";
import { explainRejections, type Refused } from "./rejections.ts";
import { relaxations } from "./relaxations.ts";
import { runnersUp } from "./runners-up.ts";

/** Each of the many small questions behind an explanation may take this long at most. */
const questionSeconds = 2;

/** And all of them together as long as the plan itself may. */
const inTime = ({ limits }: FleetProblem, tools: SolveTools): SolveTools => ({
  ...tools,
  explainUntilMs: tools.nowMs() + 1000 * limits.timeLimitSeconds,
});

const quickly = (problem: FleetProblem): FleetProblem => ({
  ...problem,
  effort: hourGroups(problem.needs).length > 1 ? "quick" : "whole",
  limits: { ...problem.limits, timeLimitSeconds: Math.min(questionSeconds, problem.limits.timeLimitSeconds) },
});

/** Why this fleet and not another; the words come last, from the finished plan. */
export const explainFleet = async (
  refused: Refused & { readonly fleet: Fleet; readonly staged?: StagedFleet | undefined },
  unhurried: SolveTools,
): Promise<Explanation> => {
  const { fleet, staged } = refused;
  const tools = inTime(refused.problem, unhurried);
  const problem = quickly(refused.problem);
  const horizon = staged ? overHorizon({ problem, fleet }, staged) : { problem, fleet };
  return {
    text: [],
    bindingConstraints: await bindingConstraints(problem, fleet, tools),
    runnersUp: await runnersUp(horizon.problem, horizon.fleet, tools),
    rejections: await explainRejections({ ...refused, problem }, tools),
    baselines: await baselines(horizon.problem, planInForce(refused.request, refused.catalog), tools),
    throughputMayFallBy: staged
      ? Math.min(...staged.stages.map((inStage) => throughputMayFallBy(inStage.problem, inStage.fleet)))
      : throughputMayFallBy(problem, fleet),
  };
};

/** Why there is none, and what would have to give. */
export const explainNoFleet = async (refused: Refused, unhurried: SolveTools): Promise<Explanation> => {
  const tools = inTime(refused.problem, unhurried);
  const problem = quickly(refused.problem);
  return {
    text: [],
    bindingConstraints: [],
    runnersUp: [],
    rejections: await explainRejections({ ...refused, problem }, tools),
    relaxations: await relaxations({ ...problem, effort: "whole" }, refused.rejections, tools),
    baselines: { onDemandOnly: null, cheapestSingleType: null, allReserved: null, popularRule: null },
    throughputMayFallBy: null,
  };
};

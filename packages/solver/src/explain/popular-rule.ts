import { type Candidate, type MicroUsd, type ServiceNeed, sumUsd, timesCount } from "@headroom/core";
import type { Placed } from "../extract-plan/draft-plan.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import { type Fleet, type FleetProblem, meanCost } from "../solve/fleet.ts";
import { keepsSpotShare } from "../solve/keeps-spot-share.ts";
import type { UnitCounts } from "../solve/layered-fleet.ts";
import { routedQuickly } from "../solve/quick-fleet.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import type { StageProblem } from "../solve/stage-problems.ts";
import { placedInStages } from "./alternative.ts";
import { boughtByRule } from "./bought-by-rule.ts";
import { inEveryStage } from "./over-horizon.ts";
import type { WholeQuestion } from "./whole-question.ts";

export type Ruled = { readonly kind: "placed"; readonly placed: Placed } | { readonly kind: "none"; readonly reason: string };

/**
 * The rule that articles repeat: spot below 50 % of peak demand, reserved below 80 %, on-demand above, each service on the machine
 * on which that costs least. What the rule commits to is paid in quiet hours too. It says nothing of jobs, which run as in the
 * plan, and nothing of what a request forbids: that is left to the check.
 */
export const popularRule = async (whole: WholeQuestion, tools: SolveTools): Promise<Ruled> => {
  const { problem } = whole;
  const stages = problem.horizon ? inEveryStage(problem).stages : [{ stage: wholeHorizon(problem), problem }];
  const services = problem.needs.map((need) => ({ need, counts: cheapestByRule(stages, need) }));
  const unserved = services.find(({ counts }) => counts === undefined);
  if (unserved) return none(`nothing that serves ${unserved.need.name} is for sale on spot, on demand and reserved alike`);
  const fleets: Fleet[] = [];
  for (const [index, { problem: inStage }] of stages.entries()) {
    const counts: UnitCounts = new Map(services.flatMap((service) => [...(service.counts?.[index] ?? [])]));
    const groups = hourGroups(inStage.needs);
    const fleet = await routedQuickly(inStage, { groups, counts, costPerHour: meanCost(counts, groups) }, tools);
    if (!fleet) return none("its machines do not carry the traffic");
    fleets.push(fleet);
  }
  const placed = placedByRule(whole, stages, fleets);
  return placed ? { kind: "placed", placed } : none("there is nothing to serve");
};

const none = (reason: string): Ruled => ({ kind: "none", reason });

const wholeHorizon = ({ rules }: FleetProblem) => ({ fromHour: 0, untilHour: rules.horizonHours });

const placedByRule = ({ problem, jobs }: WholeQuestion, stages: readonly StageProblem[], fleets: readonly Fleet[]): Placed | undefined => {
  const { training, placed } = jobs;
  const [fleet] = fleets;
  if (!fleet || problem.needs.length === 0) return undefined;
  if (!problem.horizon) return { problem, training, outcome: { ...placed, kind: "fleet", told: problem, fleet, boundPerHour: undefined } };
  const inStages = stages.flatMap((stage, index) => {
    const own = fleets[index];
    return own ? [{ ...stage, fleet: own, alone: own }] : [];
  });
  return placedInStages(problem, { stages: inStages, whole: problem, slackPerHour: undefined }, training);
};

interface Ruling {
  /** By stage. */
  readonly counts: readonly UnitCounts[];
  readonly cost: MicroUsd;
  readonly keepsShare: boolean;
}

/** On one machine throughout; on one that keeps the spot share before any that does not. */
const cheapestByRule = (stages: readonly StageProblem[], { name }: ServiceNeed): readonly UnitCounts[] | undefined => {
  const inStages = stages.map(({ problem }) => problem.candidates.filter((candidate) => candidate.need.name === name));
  const rulings = (inStages[0] ?? []).flatMap(({ instancesPerReplica }, position) =>
    instancesPerReplica === 1
      ? (rulingOn(
          stages,
          inStages.map((candidates) => candidates[position]),
        ) ?? [])
      : [],
  );
  const [least] = rulings.toSorted(
    (a, b) => Number(b.keepsShare) - Number(a.keepsShare) || (a.cost < b.cost ? -1 : a.cost > b.cost ? 1 : 0),
  );
  return least?.counts;
};

const rulingOn = (stages: readonly StageProblem[], candidates: readonly (Candidate | undefined)[]): Ruling | undefined => {
  const ruled = stages.flatMap(({ stage, problem }, index) => {
    const candidate = candidates[index];
    const counts = candidate && boughtByRule(candidate, problem);
    return counts
      ? [{ counts, cost: timesCount(meanCost(counts, hourGroups(problem.needs)), stage.untilHour - stage.fromHour), problem }]
      : [];
  });
  if (ruled.length < stages.length) return undefined;
  return {
    counts: ruled.map(({ counts }) => counts),
    cost: sumUsd(ruled.map(({ cost }) => cost)),
    keepsShare: ruled.every(({ counts, problem }) => keepsSpotShare(problem.rules, counts)),
  };
};

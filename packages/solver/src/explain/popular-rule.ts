import { type Candidate, type MicroUsd, type ServiceNeed, sumUsd, timesCount } from "@headroom/core";
import type { Placed } from "../extract-plan/draft-plan.ts";
import { type HourGroup, hourGroups } from "../formulate/hour-groups.ts";
import { type Fleet, type FleetProblem, meanCost } from "../solve/fleet.ts";
import { alone } from "../solve/fleet-outcome.ts";
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
  const { needs, rules, horizon } = whole.problem;
  const stages = (horizon ? inEveryStage(whole.problem).stages : [wholeHorizon(whole.problem)]).map(ruledStage);
  const fleets: Fleet[] = [];
  const ofServices = needs.map((need) => cheapestByRule(stages, need));
  const unsold = needs[ofServices.indexOf(undefined)];
  if (unsold) return none(`nothing that serves ${unsold.name} is for sale on spot, on demand and reserved alike`);
  for (const [index, { problem, groups }] of stages.entries()) {
    const counts: UnitCounts = new Map(ofServices.flatMap((ruling) => [...(ruling?.counts[index] ?? [])]));
    if (!keepsSpotShare(rules, counts)) return none(`in some hour more than a share of ${rules.spotMaxShare} would be spot`);
    const fleet = await routedQuickly(problem, { groups, settled: alone(counts), costPerHour: meanCost(counts, groups) }, tools);
    if (!fleet) return none("its machines do not carry the traffic");
    fleets.push(fleet);
  }
  const placed = placedByRule(whole, stages, fleets);
  return placed ? { kind: "placed", placed } : none("there is nothing to serve");
};

const wholeHorizon = (problem: FleetProblem): StageProblem => ({ stage: { fromHour: 0, untilHour: problem.rules.horizonHours }, problem });

const ruledStage = ({ stage, problem }: StageProblem): RuledStage => ({
  stage,
  problem,
  groups: hourGroups(problem.needs),
  bought: boughtByRule(problem),
});

const none = (reason: string): Ruled => ({ kind: "none", reason });

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

/** A stage, and what the rule buys of a machine in it. */
interface RuledStage extends StageProblem {
  readonly groups: readonly HourGroup[];
  readonly bought: (candidate: Candidate) => UnitCounts | undefined;
}

/** On one machine throughout; on one that keeps the spot share before any that does not. */
const cheapestByRule = (stages: readonly RuledStage[], { name }: ServiceNeed): Ruling | undefined => {
  const inStages = stages.map(({ problem }) => problem.candidates.filter((candidate) => candidate.need.name === name));
  const rulings = (inStages[0] ?? []).flatMap(({ instancesPerReplica }, position) => {
    const candidates = inStages.map((ofStage) => ofStage[position]);
    return instancesPerReplica === 1 ? (rulingOn(stages, candidates) ?? []) : [];
  });
  return rulings.toSorted((a, b) => Number(b.keepsShare) - Number(a.keepsShare) || Number(a.cost - b.cost))[0];
};

const rulingOn = (stages: readonly RuledStage[], candidates: readonly (Candidate | undefined)[]): Ruling | undefined => {
  const ruled = stages.flatMap(({ stage, problem: { rules }, groups, bought }, index) => {
    const candidate = candidates[index];
    const counts = candidate && bought(candidate);
    return counts ? [{ counts, groups, rules, hours: stage.untilHour - stage.fromHour }] : [];
  });
  if (ruled.length < stages.length) return undefined;
  return {
    counts: ruled.map(({ counts }) => counts),
    cost: sumUsd(ruled.map(({ counts, groups, hours }) => timesCount(meanCost(counts, groups), hours))),
    keepsShare: ruled.every(({ counts, rules }) => keepsSpotShare(rules, counts)),
  };
};

import { type BuyableUnit, buyableUnits } from "../formulate/buyable-units.ts";
import { formulateFleet } from "../formulate/formulate-fleet.ts";
import { type HourGroup, hourGroups } from "../formulate/hour-groups.ts";
import { type Fleet, type FleetProblem, meanCost, purchasesOf } from "./fleet.ts";
import { unitOn } from "./fleet-beside.ts";
import { alone } from "./fleet-outcome.ts";
import { solveProgram } from "./solve-program.ts";
import type { SolveTools } from "./solve-tools.ts";
import type { StageProblem } from "./stage-problems.ts";

/** Up to so many whole variables, stages are asked in one program. */
const mostIntegers = 6000;

export interface Together {
  readonly fleets: readonly Fleet[];
  /** Mean dollars an hour below which no fleets are. */
  readonly lowerUsdPerHour: number | undefined;
}

/**
 * All stages in one program, each an hour group of the busiest month's question with as many hours as it has: where demand is the
 * same in every hour of a stage, every stage keeps the same rules, and starting an instance costs nothing.
 */
export const stagesTogether = async (
  stages: readonly StageProblem[],
  whole: FleetProblem,
  tools: SolveTools,
): Promise<Together | undefined> => {
  if (!stages.every((stage) => isPlain(stage, stages)) || tools.nowMs() > whole.deadlineMs) return undefined;
  const { offers, switching } = whole;
  const { needs } = whole;
  const [
    {
      problem: { rules },
    } = { problem: whole },
  ] = stages;
  const units = buyableUnits(whole.candidates, offers, rules, switching);
  if (units.length * stages.length > mostIntegers) return undefined;
  const groups = stages.map((stage) => groupOf(stage, whole));
  const { program, counts } = formulateFleet({ needs, units, rules, groups, switching, kind: "integer", commitments: "rising" });
  const { outcome, backend } = await solveProgram(program, inTime(whole, tools), tools.backends);
  if (outcome.status !== "optimal" && outcome.status !== "feasible") return undefined;
  const fleets: Fleet[] = [];
  for (const [index, { problem }] of stages.entries()) {
    const inStage = units.map((unit, at) => ({ unit, count: outcome.values[counts[at]?.[index] ?? -1] ?? 0 }));
    const fleet = await fleetIn(problem, inStage, tools);
    if (!fleet) return undefined;
    fleets.push({ ...fleet, backend });
  }
  return { fleets, lowerUsdPerHour: outcome.bound };
};

/** What is left of the time. */
const inTime = ({ limits, deadlineMs }: FleetProblem, { nowMs }: SolveTools): FleetProblem["limits"] => ({
  ...limits,
  timeLimitSeconds: Math.min(limits.timeLimitSeconds, (deadlineMs - nowMs()) / 1000),
});

const isPlain = ({ problem }: StageProblem, [first]: readonly StageProblem[]): boolean => {
  const { rules, needs, switching } = problem;
  const sameQuotas = rules.quotas.every(({ max }, index) => max === first?.problem.rules.quotas[index]?.max);
  return sameQuotas && rules.budgetPerMonth === undefined && switching.usdPerHour === 0 && hourGroups(needs).length === 1;
};

/** Classes of a service grow alike: the first tells how much is asked of the busiest month's. */
const groupOf = ({ stage, problem }: StageProblem, whole: FleetProblem): HourGroup => ({
  hours: Array.from({ length: stage.untilHour - stage.fromHour }, (_, hour) => stage.fromHour + hour),
  loads: problem.needs.map(({ classes: [traffic] }, index) => (traffic?.amount ?? 0) / (whole.needs[index]?.classes[0]?.amount ?? 1)),
});

const fleetIn = async (
  problem: FleetProblem,
  bought: readonly { readonly unit: BuyableUnit; readonly count: number }[],
  tools: SolveTools,
): Promise<Omit<Fleet, "backend"> | undefined> => {
  const groups = hourGroups(problem.needs);
  const counts = new Map<BuyableUnit, readonly number[]>();
  for (const { unit, count } of bought) {
    const candidate = problem.candidates.find(({ id }) => id === unit.candidate.id);
    if (!candidate) return undefined;
    if (count > 0) counts.set(unitOn(unit, candidate), [count]);
  }
  const purchases = await purchasesOf(problem, groups, alone(counts), tools.backends);
  return purchases && { groups, purchases, costPerHour: meanCost(counts, groups), boundPerHour: undefined };
};

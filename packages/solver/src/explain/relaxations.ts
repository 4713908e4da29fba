import {
  type Explanation,
  enumerateCandidates,
  formatUsd,
  hoursPerMonth,
  type LatencyTargets,
  type MicroUsd,
  type Rejection,
  roundTo,
  type ServiceNeed,
  seconds,
  timesCount,
  toMs,
} from "@headroom/core";
import { usedInstances } from "../formulate/buyable-units.ts";
import { type FleetProblem, withRules } from "../solve/fleet.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { attainableCost, isLate } from "./restrict.ts";

type Relaxation = NonNullable<Explanation["relaxations"]>[number];

/** Something that the request asks for and might give up. */
interface Change {
  readonly change: string;
  readonly from: string;
  /** What would do, known from what the plan without it costs. */
  readonly to: (cost: MicroUsd) => string;
  readonly applied: (problem: FleetProblem) => FleetProblem;
}

/**
 * The smallest single changes that would make an impossible request possible, cheapest first; where no single one is enough, the
 * several of which none can be spared.
 */
export const relaxations = async (problem: FleetProblem, rejections: readonly Rejection[], tools: SolveTools): Promise<Relaxation[]> => {
  const changes = [...targetChanges(problem, rejections), ...ruleChanges(problem)];
  const found: Relaxation[] = [];
  for (const change of changes) {
    const cost = await costWith(problem, [change], tools);
    if (cost !== undefined) found.push(relaxationOf([change], cost));
  }
  if (found.length === 0 && changes.length > 1) found.push(...(await together(problem, changes, tools)));
  return found.toSorted((a, b) => Number(a.usdPerHour) - Number(b.usdPerHour) || (a.change < b.change ? -1 : 1));
};

/** All changes at once, then each taken back that can be. */
const together = async (problem: FleetProblem, changes: readonly Change[], tools: SolveTools): Promise<Relaxation[]> => {
  let cost = await costWith(problem, changes, tools);
  if (cost === undefined) return [];
  let needed = changes;
  for (const change of changes) {
    const fewer = needed.filter((other) => other !== change);
    const without = await costWith(problem, fewer, tools);
    if (without === undefined) continue;
    needed = fewer;
    cost = without;
  }
  return [relaxationOf(needed, cost)];
};

const costWith = async (problem: FleetProblem, changes: readonly Change[], tools: SolveTools): Promise<MicroUsd | undefined> =>
  isLate(tools)
    ? undefined
    : attainableCost(
        changes.reduce((relaxed, { applied }) => applied(relaxed), problem),
        tools,
      );

const relaxationOf = (changes: readonly Change[], cost: MicroUsd): Relaxation => ({
  change: changes.map(({ change }) => change).join(", and "),
  from: changes.map(({ from }) => from).join(", and "),
  to: changes.map(({ to }) => to(cost)).join(", and "),
  usdPerHour: formatUsd(cost),
});

const targetFields = {
  ttft: ["ttftMs", "ttftSeconds"],
  tpot: ["tpotMs", "tpotSeconds"],
  "request-latency": ["requestLatencyMs", "requestLatencySeconds"],
} as const;

type TargetCode = keyof typeof targetFields;

/** A little more than the best any machine reaches, because it must hold with requests in flight beside it. */
const marginOnBest = 1.1;

/** For each service that nothing serves: each target at what the fastest machine reaches. */
const targetChanges = ({ needs, candidates }: FleetProblem, rejections: readonly Rejection[]): Change[] =>
  needs
    .filter((need) => !candidates.some((candidate) => candidate.need === need))
    .flatMap((need) =>
      (Object.keys(targetFields) as TargetCode[]).flatMap((code) => {
        const best = bestReached(rejections, need, code);
        if (best === undefined) return [];
        const [field, target] = targetFields[code];
        const to = Math.ceil(best * marginOnBest);
        return {
          change: `${field} of ${need.name}`,
          from: `${roundTo(3, toMs(need.targets[target] ?? seconds(0)))} ms`,
          to: () => `${to} ms`,
          applied: (problem: FleetProblem) => withTarget(problem, need.name, { [target]: seconds(to / 1000) }),
        };
      }),
    );

const bestReached = (rejections: readonly Rejection[], need: ServiceNeed, code: TargetCode): number | undefined => {
  const reached = rejections.flatMap((rejection) =>
    rejection.service === need.name && rejection.code === code ? [rejection.available ?? Number.POSITIVE_INFINITY] : [],
  );
  return reached.length > 0 ? Math.min(...reached) : undefined;
};

const withTarget = (problem: FleetProblem, name: string, target: Partial<LatencyTargets>): FleetProblem => {
  const relaxed = problem.needs
    .filter((need) => need.name === name)
    .map((need): ServiceNeed => ({ ...need, targets: { ...need.targets, ...target } }));
  const { candidates } = enumerateCandidates(relaxed, problem.offers, usedInstances(problem.rules));
  return {
    ...problem,
    needs: problem.needs.map((need) => relaxed.find((other) => other.name === need.name) ?? need),
    candidates: [...problem.candidates.filter(({ need }) => need.name !== name), ...candidates],
  };
};

/** Where machines exist but a rule forbids enough of them: each rule by itself, at what the cheapest plan without it needs. */
const ruleChanges = ({ rules }: FleetProblem): Change[] => {
  const { budgetPerMonth, quotas, survive, spotMaxShare } = rules;
  const changes: Change[] = quotas.map((quota) => ({
    change: quota.label,
    from: String(quota.max),
    to: () => "no limit",
    applied: (problem) => withRules(problem, { quotas: problem.rules.quotas.filter((other) => other !== quota) }),
  }));
  if (budgetPerMonth !== undefined)
    changes.unshift({
      change: "budgetUsdPerMonth",
      from: formatUsd(budgetPerMonth),
      to: (cost) => formatUsd(timesCount(cost, hoursPerMonth)),
      applied: (problem) => withRules(problem, { budgetPerMonth: undefined }),
    });
  if (survive !== "nothing")
    changes.push({
      change: "survive",
      from: survive,
      to: () => "nothing",
      applied: (problem) => withRules(problem, { survive: "nothing" }),
    });
  if (spotMaxShare < 1)
    changes.push({
      change: "spotMaxShare",
      from: String(spotMaxShare),
      to: () => "1",
      applied: (problem) => withRules(problem, { spotMaxShare: 1 }),
    });
  return changes;
};

import {
  type Explanation,
  enumerateCandidates,
  formatUsd,
  hoursPerMonth,
  type MicroUsd,
  type Rejection,
  roundTo,
  type ServiceNeed,
  seconds,
  timesCount,
  toMs,
} from "@headroom/core";
import { type FleetProblem, withRules } from "../solve/fleet.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { cheapestCost } from "./restrict.ts";

type Relaxation = NonNullable<Explanation["relaxations"]>[number];

/** The smallest single changes that would make an impossible request possible, cheapest first. */
export const relaxations = async (problem: FleetProblem, rejections: readonly Rejection[], tools: SolveTools): Promise<Relaxation[]> => {
  const tried = [...(await relaxedTargets(problem, rejections, tools)), ...(await relaxedRules(problem, tools))];
  return tried.toSorted((a, b) => Number(a.usdPerHour) - Number(b.usdPerHour) || (a.change < b.change ? -1 : 1));
};

const targetFields = {
  ttft: ["ttftMs", "ttftSeconds"],
  tpot: ["tpotMs", "tpotSeconds"],
  "request-latency": ["requestLatencyMs", "requestLatencySeconds"],
} as const;

type TargetCode = keyof typeof targetFields;

/** A little more than the best any machine reaches, because it must hold with requests in flight beside it. */
const marginOnBest = 1.1;

/** For each service that nothing serves: each target at what the fastest machine reaches. */
const relaxedTargets = async (problem: FleetProblem, rejections: readonly Rejection[], tools: SolveTools): Promise<Relaxation[]> => {
  const found: Relaxation[] = [];
  for (const need of problem.needs) {
    if (problem.candidates.some((candidate) => candidate.need === need)) continue;
    for (const code of Object.keys(targetFields) as TargetCode[]) {
      const best = bestReached(rejections, need, code);
      if (best === undefined) continue;
      const [field, target] = targetFields[code];
      const to = Math.ceil(best * marginOnBest);
      const relaxed: ServiceNeed = { ...need, targets: { ...need.targets, [target]: seconds(to / 1000) } };
      const cost = await costWith(problem, need, relaxed, tools);
      if (cost === undefined) continue;
      const from = toMs(need.targets[target] ?? seconds(0));
      found.push({ change: `${field} of ${need.name}`, from: `${roundTo(3, from)} ms`, to: `${to} ms`, usdPerHour: formatUsd(cost) });
    }
  }
  return found;
};

const bestReached = (rejections: readonly Rejection[], need: ServiceNeed, code: TargetCode): number | undefined => {
  const reached = rejections.flatMap((rejection) =>
    rejection.service === need.name && rejection.code === code ? [rejection.available ?? Number.POSITIVE_INFINITY] : [],
  );
  return reached.length > 0 ? Math.min(...reached) : undefined;
};

const costWith = (problem: FleetProblem, need: ServiceNeed, relaxed: ServiceNeed, tools: SolveTools): Promise<MicroUsd | undefined> => {
  const needs = problem.needs.map((other) => (other === need ? relaxed : other));
  const { candidates } = enumerateCandidates([relaxed], problem.offers);
  return cheapestCost({ ...problem, needs, candidates: [...problem.candidates, ...candidates] }, tools);
};

/** Where machines exist but a rule forbids enough of them: each rule by itself, at what the cheapest plan without it needs. */
const relaxedRules = async (problem: FleetProblem, tools: SolveTools): Promise<Relaxation[]> => {
  const { budgetPerMonth, quotas, spotMaxShare } = problem.rules;
  const found: Relaxation[] = [];
  const price = async (
    change: Pick<Relaxation, "change" | "from">,
    looser: FleetProblem,
    to: (cost: MicroUsd) => string,
  ): Promise<void> => {
    const cost = await cheapestCost(looser, tools);
    if (cost !== undefined) found.push({ ...change, to: to(cost), usdPerHour: formatUsd(cost) });
  };
  if (budgetPerMonth !== undefined) {
    const change = { change: "budgetUsdPerMonth", from: formatUsd(budgetPerMonth) };
    await price(change, withRules(problem, { budgetPerMonth: undefined }), (cost) => formatUsd(timesCount(cost, hoursPerMonth)));
  }
  for (const quota of quotas) {
    const without = withRules(problem, { quotas: quotas.filter((other) => other !== quota) });
    await price({ change: quota.label, from: String(quota.max) }, without, () => "no limit");
  }
  if (problem.rules.survive !== "nothing")
    await price({ change: "survive", from: problem.rules.survive }, withRules(problem, { survive: "nothing" }), () => "nothing");
  if (spotMaxShare < 1)
    await price({ change: "spotMaxShare", from: String(spotMaxShare) }, withRules(problem, { spotMaxShare: 1 }), () => "1");
  return found;
};

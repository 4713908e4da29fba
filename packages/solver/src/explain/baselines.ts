import {
  type Candidate,
  dependableShare,
  divideUsd,
  type Explanation,
  formatUsd,
  type MicroUsd,
  microUsd,
  type Offer,
  sumUsd,
  timesCount,
} from "@headroom/core";
import { hourGroups } from "../formulate/hour-groups.ts";
import { instancePrice } from "../formulate/unit-price.ts";
import { costOfStages } from "../solve/cost-of-stages.ts";
import type { FleetProblem } from "../solve/fleet.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { costWithJobs, type WholeQuestion, wholeCost } from "./cost-with-jobs.ts";
import { inEveryStage } from "./over-horizon.ts";
import { ofOneKind } from "./restrict.ts";

/** What simpler ways of buying would cost per hour, jobs included; null where no plan of the kind was found. */
export const baselines = async (
  whole: WholeQuestion,
  current: MicroUsd | "none" | "does-not-hold",
  tools: SolveTools,
): Promise<Explanation["baselines"]> => {
  const boughtAs = (way: Offer["capacityType"]) => costWithJobs(whole, { offers: ({ capacityType }) => capacityType === way }, tools);
  const onDemandOnly = await boughtAs("on-demand");
  const allReserved = await boughtAs("reserved");
  const single = await cheapestSingleType(whole, tools);
  return {
    onDemandOnly: orNull(onDemandOnly),
    cheapestSingleType: orNull(single),
    allReserved: orNull(allReserved),
    popularRule: orNull(ruleWithJobs(whole)),
    ...(current === "none" ? {} : { current: current === "does-not-hold" ? null : formatUsd(current) }),
  };
};

const orNull = (cost: MicroUsd | undefined): string | null => (cost === undefined ? null : formatUsd(cost));

/** Everything on one accelerator, whichever is cheapest. */
const cheapestSingleType = async (whole: WholeQuestion, tools: SolveTools): Promise<MicroUsd | undefined> => {
  const { jobs, problem } = whole;
  const serving = [...problem.candidates, ...jobs.candidates].map(({ shape }) => shape.accelerator.id);
  const training = jobs.training.runs.map(({ offer }) => offer.instanceType.accelerator.id);
  let cheapest: MicroUsd | undefined;
  for (const id of new Set([...serving, ...training])) {
    const isOfKind = ({ shape }: Candidate) => shape.accelerator.id === id;
    const cost = await costWithJobs(
      { ...whole, problem: ofOneKind(problem, isOfKind) },
      { offers: ({ instanceType }) => instanceType.accelerator.id === id, candidates: isOfKind },
      tools,
    );
    if (cost !== undefined && (cheapest === undefined || cost < cheapest)) cheapest = cost;
  }
  return cheapest;
};

/** The rule for the services; it says nothing of jobs, which run as in the plan. */
const ruleWithJobs = ({ problem, jobs: { placed, training } }: WholeQuestion): MicroUsd | undefined => {
  const services = popularRule(problem);
  const whole = wholeCost(placed, training, problem.rules);
  return services === undefined || problem.needs.length === 0 ? undefined : microUsd(services + whole - placed.fleet.costPerHour);
};

/**
 * The rule that articles repeat: spot below 50 % of peak demand, reserved below 80 %, on-demand above, on the cheapest machine
 * that is sold on all three terms. What the rule commits to is paid in quiet hours too. It says nothing of routing, so nothing
 * where egress is priced.
 */
const popularRule = (problem: FleetProblem): MicroUsd | undefined => {
  if (!problem.horizon) return ruleInOneStage(problem);
  const stages = inEveryStage(problem).stages.map(({ stage, problem: inStage }) => ({ stage, costPerHour: ruleInOneStage(inStage) }));
  const priced = stages.flatMap(({ stage, costPerHour }) => (costPerHour === undefined ? [] : [{ stage, fleet: { costPerHour } }]));
  return priced.length === stages.length ? costOfStages(priced) : undefined;
};

const ruleInOneStage = ({ needs, candidates, offers, rules }: FleetProblem): MicroUsd | undefined => {
  if (rules.survive !== "nothing" || rules.surcharges.egress) return undefined;
  const groups = hourGroups(needs);
  const hours = groups.reduce((sum, group) => sum + group.hours.length, 0);
  let total = 0n;
  for (const [index, need] of needs.entries()) {
    const costs = candidates
      .filter((candidate) => candidate.need === need && candidate.instancesPerReplica === 1)
      .flatMap((candidate) => {
        const prices = pricesOf(candidate, { offers, rules });
        const atPeak = need.classes.reduce((sum, { amount }, at) => sum + amount / (candidate.capacities[at]?.amount ?? 0), 0);
        const peak = atPeak / candidate.replicasPerInstance;
        const loads = groups.map((group) => peak * (group.loads[index] ?? 0));
        const byHour = prices ? loads.map((load) => hourByRule(prices, { peak, load, spotMaxShare: rules.spotMaxShare })) : [undefined];
        return byHour.every((cost) => cost !== undefined)
          ? [sumUsd(byHour.map((cost, at) => timesCount(cost, groups[at]?.hours.length ?? 0)))]
          : [];
      });
    const [least] = costs.toSorted((a, b) => (a < b ? -1 : 1));
    if (least === undefined) return undefined;
    total += least;
  }
  return divideUsd(microUsd(total), hours);
};

interface RulePrices {
  readonly spot: MicroUsd;
  readonly reserved: MicroUsd;
  readonly onDemand: MicroUsd;
}

const pricesOf = (candidate: Candidate, { offers, rules }: Pick<FleetProblem, "offers" | "rules">): RulePrices | undefined => {
  const cheapest = (capacityType: string) =>
    candidate.shape.offers
      .filter((offer) => offers.includes(offer) && offer.capacityType === capacityType)
      .map((offer) => instancePrice(candidate.site.replica, offer, rules))
      .toSorted((a, b) => (a < b ? -1 : 1))[0];
  const [spot, reserved, onDemand] = [cheapest("spot"), cheapest("reserved"), cheapest("on-demand")];
  return spot === undefined || reserved === undefined || onDemand === undefined ? undefined : { spot, reserved, onDemand };
};

interface RuledHour {
  /** Instances that the load takes, in parts of one. */
  readonly load: number;
  readonly peak: number;
  readonly spotMaxShare: number;
}

/** Spot counts for what it can be relied on; undefined where the rule buys more spot than the request allows. */
const hourByRule = ({ spot, reserved, onDemand }: RulePrices, { load, peak, spotMaxShare }: RuledHour): MicroUsd | undefined => {
  const whole = (instances: number) => Math.ceil(instances - 1e-9);
  const mostSpot = Math.floor(whole(peak) * 0.5);
  const committed = Math.floor(whole(peak) * 0.8) - mostSpot;
  const onSpot = Math.min(whole(load), mostSpot);
  const above = Math.max(0, whole(load - onSpot * dependableShare("spot") - committed));
  if (onSpot > spotMaxShare * (onSpot + committed + above) + 1e-9) return undefined;
  return sumUsd([timesCount(spot, onSpot), timesCount(reserved, committed), timesCount(onDemand, above)]);
};

import { type BuyingRules, hoursApart, microUsd, toUsd } from "@headroom/core";
import { type BuyableUnit, buyableUnits, standingUnits } from "../formulate/buyable-units.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import type { Backends } from "./backends.ts";
import { highestOf, priceOfShare } from "./batch-bound.ts";
import { overSpotShare } from "./batch-room.ts";
import { boundAt, type IdleWorth } from "./bound-at-prices.ts";
import type { FleetProblem } from "./fleet.ts";
import { hourlyBound } from "./hourly-bound.ts";
import { mayUseIdle } from "./idle-places.ts";
import { inTime } from "./in-time.ts";
import { affordable, costOfJobs, jobsPaying, lesserOf, type PricedJob, timesJobs, worthTo } from "./jobs-at-prices.ts";
import type { BatchQuestion } from "./place-batch.ts";
import type { PricedBin } from "./priced-bins.ts";
import type { SolveTools } from "./solve-tools.ts";

interface JointQuestion {
  readonly services: FleetProblem;
  readonly questions: readonly BatchQuestion[];
  /** Machines that train may make room for the jobs' spot: then only the services' own is priced. */
  readonly beside: "nothing" | "training";
}

/**
 * Mean dollars an hour below which services and jobs together are not, where they share something: the spot share has a price that
 * both pay, and the jobs price the idle hours of the services' commitments (Lagrange). Undefined where the services' relaxation has no
 * optimum in time.
 *
 *   bound = services at μ_g, v_u  +  Σ_jobs λ · W / H
 *   λ     ≤ min over u, g of (price_u + κ · μ_g · a_u · ([u is spot] − σ)) / r_u         a request on machines of the job's own
 *   v_u   = (1 / H) ∫ max over jobs whose deadline is still to come of λ · r_u dt        an idle hour of the commitment u
 *
 * Any μ ≥ 0 bounds: tried are those of the services' relaxation by hour, and one for all hours, at which the jobs by themselves cost
 * most. The services keep the share by themselves in every hour, and with the jobs while these run, D hours at most. So the jobs may
 * pay κ times what the services do on the whole: μ counts in no hour of the week more often than κ · ⌈D / 168⌉ · 168 / H ≤ 1 times.
 * Every λ is as much smaller as it must be for no commitment to be worth more idle than it costs.
 */
export const jointBound = async (asked: JointQuestion, tools: SolveTools): Promise<number | undefined> => {
  const { backends } = inTime(tools, asked.services.deadlineMs);
  const bounds: number[] = [];
  for (const priced of waysToPrice(asked)) {
    const bound = await boundOf(asked, priced, backends);
    if (bound !== undefined) bounds.push(bound);
  }
  return bounds.length > 0 ? Math.max(...bounds) : undefined;
};

/** The services' question, with the spot share as a rule that has prices by hour, or as a part of every unit's price. */
interface Priced {
  readonly units: readonly BuyableUnit[];
  readonly rules: BuyingRules;
  /** Where it is no rule, in dollars for an accelerator-hour beyond the share. */
  readonly share: number;
}

const waysToPrice = (asked: JointQuestion): readonly Priced[] => {
  const { services, questions, beside } = asked;
  const { candidates, offers, rules, switching } = services;
  const sharesIdle = questions.some((question) => mayUseIdle(question, services));
  // What another unit replaces in service may be worth more than that one idle.
  const units = (sharesIdle ? standingUnits : buyableUnits)(candidates, offers, rules, switching);
  const ofJobs = beside === "nothing" ? priceOfShare(questions, rules) / 1e6 : 0;
  const byHour: Priced = { units, rules, share: 0 };
  const share = Math.min(ofJobs / mostTimes(asked), mostWithoutGifts(units, rules));
  if (share <= 0) return [byHour];
  return [byHour, { units: units.map((unit) => withShare(unit, share, rules)), rules: { ...rules, spotMaxShare: 1 }, share }];
};

const withShare = (unit: BuyableUnit, share: number, rules: BuyingRules): BuyableUnit => ({
  ...unit,
  price: microUsd(BigInt(Math.max(0, Math.floor(Number(unit.price) + share * 1e6 * overSpotShare(unit, rules))))),
});

/** How many times as much as the services the jobs may pay for the share. */
const mostTimes = ({ services: { needs, rules }, questions }: JointQuestion): number => {
  const cycle = hoursApart(needs);
  const last = Math.max(...questions.map(({ batch }) => batch.hours));
  return rules.horizonHours / (cycle * Math.ceil(last / cycle));
};

const boundOf = async (asked: JointQuestion, { units, rules, share }: Priced, backends: Backends): Promise<number | undefined> => {
  const { needs, limits } = asked.services;
  const groups = hourGroups(needs);
  const cap = mostWithoutGifts(units, rules);
  const pricesAt = async (idleWorth?: IdleWorth): Promise<Bins | undefined> => {
    const found = await hourlyBound({ needs, units, rules, groups, idleWorth }, limits, backends);
    if (found.kind !== "bound") return undefined;
    return found.bins.map(({ members, prices }) => ({ members, prices: { ...prices, spot: Math.min(cap, prices.spot) } }));
  };
  const jobsAt = (bins: Bins): readonly PricedJob[] => {
    const shares = bins.map(({ prices }) => share + prices.spot);
    return jobsPaying(asked.questions, asked.beside === "nothing" ? dearestFor(asked, shares) : [0]);
  };
  const boundWith = (bins: Bins, jobs: readonly PricedJob[]): number =>
    boundAt({ needs, units, rules, idleWorth: worthTo(jobs, rules) }, bins) + costOfJobs(jobs, rules);
  const apart = await pricesAt();
  if (!apart) return undefined;
  const whole = affordable(jobsAt(apart), { units, rules, bins: apart });
  if (units.every((unit) => worthTo(whole, rules)(unit) === 0)) return boundWith(apart, whole);
  return highestBy(async (part) => {
    const jobs = timesJobs(whole, part);
    const bins = await pricesAt(worthTo(jobs, rules));
    return bins && boundWith(bins, affordable(lesserOf(jobs, jobsAt(bins)), { units, rules, bins }));
  });
};

/** Idle hours that suffice for all jobs are worth less than what the jobs would buy: so many parts of that are tried. */
const steps = [1 / 2, 1 / 4, 1 / 8];

/** Where a concave function of a part of a whole is about highest. */
const highestBy = async (boundAtPart: (part: number) => Promise<number | undefined>): Promise<number | undefined> => {
  let best = { part: 1, bound: await boundAtPart(1) };
  for (const step of steps)
    for (const part of [best.part - step, best.part + step].filter((other) => other > 0 && other < 1)) {
      const bound = await boundAtPart(part);
      if (bound !== undefined && bound > (best.bound ?? 0)) best = { part, bound };
    }
  return best.bound;
};

type Bins = readonly PricedBin[];

/** The services' prices of the share, so many times that the jobs cost most. */
const dearestFor = (asked: JointQuestion, shares: readonly number[]): readonly number[] => {
  const { questions, services } = asked;
  const own = questions.flatMap(({ units }) => units);
  const most = Math.min(mostTimes(asked), mostWithoutGifts(own, services.rules) / Math.max(...shares, Number.MIN_VALUE));
  const times = (factor: number) => shares.map((share) => share * factor);
  const costAt = (factor: number) => costOfJobs(jobsPaying(questions, times(factor)), services.rules);
  return times([0, most, ...highestOf(costAt, most)].reduce((best, factor) => (costAt(factor) > costAt(best) ? factor : best)));
};

/** Machines that make room for spot must not be worth more than they cost, or there would be no end of them. */
const mostWithoutGifts = (units: readonly BuyableUnit[], { spotMaxShare }: BuyingRules): number =>
  Math.min(...units.filter(({ spot }) => !spot).map(({ price, accelerators }) => toUsd(price) / (spotMaxShare * accelerators)));

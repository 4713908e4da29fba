import { type BuyingRules, hoursApart, microUsd, toUsd } from "@headroom/core";
import { type BuyableUnit, buyableUnits, standingUnits } from "../formulate/buyable-units.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import type { Backends } from "./backends.ts";
import { highestOf, priceOfShare } from "./batch-bound.ts";
import { overSpotShare } from "./batch-room.ts";
import { perHourOf } from "./batch-time.ts";
import { boundAt, type IdleWorth, meanPrice } from "./bound-at-prices.ts";
import type { FleetProblem } from "./fleet.ts";
import { hourlyBound } from "./hourly-bound.ts";
import { idlePlaceOf, mayUseIdle, perInstance } from "./idle-places.ts";
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
 * Any μ ≥ 0 bounds: tried are those of the services' relaxation and the one at which the jobs by themselves cost most. The services
 * keep the share by themselves in every hour, and with the jobs while these run, D hours at most. So the jobs may pay κ times what the
 * services do on the whole: μ counts in no hour of the week more often than κ · ⌈D / 168⌉ · 168 / H ≤ 1 times. Every λ is as much
 * smaller as it must be for no commitment to be worth more idle than it costs.
 */
export const jointBound = async (asked: JointQuestion, { backends }: SolveTools): Promise<number | undefined> => {
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
  /** What jobs pay for the share where it is no rule, in dollars. */
  readonly share: number | undefined;
}

/** How many times as much as the services the jobs may pay for the share. */
const mostTimes = ({ services: { needs, rules }, questions }: JointQuestion): number => {
  const cycle = hoursApart(needs);
  const last = Math.max(...questions.map(({ batch }) => batch.hours));
  return rules.horizonHours / (cycle * Math.ceil(last / cycle));
};

const waysToPrice = (asked: JointQuestion): readonly Priced[] => {
  const { services, questions, beside } = asked;
  const { candidates, offers, rules, switching } = services;
  const sharesIdle = questions.some((question) => mayUseIdle(question, services));
  // What another unit replaces in service may be worth more than that one idle.
  const units = (sharesIdle ? standingUnits : buyableUnits)(candidates, offers, rules, switching);
  const byHour: Priced = { units, rules, share: beside === "nothing" ? undefined : 0 };
  const ofJobs = beside === "nothing" ? priceOfShare(questions, rules) / 1e6 : 0;
  const price = Math.min(ofJobs / mostTimes(asked), mostWithoutGifts(units, rules));
  if (price <= 0) return [byHour];
  const withShare = (unit: BuyableUnit): BuyableUnit => ({
    ...unit,
    price: microUsd(BigInt(Math.max(0, Math.floor(Number(unit.price) + price * 1e6 * overSpotShare(unit, rules))))),
  });
  return [byHour, { units: units.map(withShare), rules: { ...rules, spotMaxShare: 1 }, share: Math.min(ofJobs, price * mostTimes(asked)) }];
};

const boundOf = async (asked: JointQuestion, priced: Priced, backends: Backends): Promise<number | undefined> => {
  const { questions } = asked;
  const { needs, limits } = asked.services;
  const { units, rules, share } = priced;
  const groups = hourGroups(needs);
  const cap = mostWithoutGifts(units, rules);
  const pricesAt = async (idleWorth?: IdleWorth): Promise<Bins | undefined> => {
    const found = await hourlyBound({ needs, units, rules, groups, idleWorth }, limits, backends);
    if (found.kind !== "bound") return undefined;
    return found.bins.map(({ members, prices }) => ({ members, prices: { ...prices, spot: Math.min(cap, prices.spot) } }));
  };
  const jobsAt = (bins: Bins): readonly PricedJob[] => jobsPaying(questions, share === undefined ? bestShares(asked, bins) : [share]);
  const boundWith = (bins: Bins, jobs: readonly PricedJob[]): number =>
    boundAt({ needs, units, rules, idleWorth: worthTo(jobs, rules) }, bins) + jobs.reduce((sum, job) => sum + costOfJob(job, rules), 0);
  const apart = await pricesAt();
  if (!apart) return undefined;
  const first = affordable(jobsAt(apart), { units, rules, bins: apart });
  if (units.every((unit) => worthTo(first, rules)(unit) === 0)) return boundWith(apart, first);
  const shared = await pricesAt(worthTo(first, rules));
  const bounds = [apart, ...(shared ? [shared] : [])].map((bins) =>
    boundWith(bins, affordable(lesserOf(first, jobsAt(bins)), { units, rules, bins })),
  );
  return Math.max(...bounds);
};

type Bins = readonly PricedBin[];

/** A job and what one of its requests costs at least on machines of its own, in dollars; or less. */
interface PricedJob {
  readonly question: BatchQuestion;
  readonly perRequest: number;
}

/** The services' prices of the share, so many times that the jobs cost most. */
const bestShares = (asked: JointQuestion, bins: Bins): readonly number[] => {
  const { questions, services } = asked;
  const shares = bins.map(({ prices }) => prices.spot);
  const own = questions.flatMap(({ units }) => units);
  const most = Math.min(mostTimes(asked), mostWithoutGifts(own, services.rules) / Math.max(...shares, Number.MIN_VALUE));
  const times = (factor: number) => shares.map((share) => share * factor);
  const costAt = (factor: number) =>
    jobsPaying(questions, times(factor)).reduce((sum, { question, perRequest }) => sum + question.batch.requests * perRequest, 0);
  return times([0, most, ...highestOf(costAt, most)].reduce((best, factor) => (costAt(factor) > costAt(best) ? factor : best)));
};

const jobsPaying = (questions: readonly BatchQuestion[], shares: readonly number[]): readonly PricedJob[] =>
  questions.map((question) => ({ question, perRequest: costOfRequest(question, shares) }));

/** Machines that make room for spot must not be worth more than they cost, or there would be no end of them. */
const mostWithoutGifts = (units: readonly BuyableUnit[], { spotMaxShare }: BuyingRules): number =>
  Math.min(...units.filter(({ spot }) => !spot).map(({ price, accelerators }) => toUsd(price) / (spotMaxShare * accelerators)));

const costOfRequest = ({ batch, units, rules }: BatchQuestion, shares: readonly number[]): number => {
  const perRequest = units.flatMap((unit) => {
    const paid = toUsd(unit.price) * (unit.committed ? rules.horizonHours / batch.hours : 1);
    return shares.map((share) => (paid + share * overSpotShare(unit, rules)) / perHourOf(unit));
  });
  return Math.min(...perRequest);
};

const costOfJob = ({ question: { batch }, perRequest }: PricedJob, { horizonHours }: BuyingRules): number =>
  (batch.requests / horizonHours) * perRequest;

/** What an hour of each commitment is worth idle. */
const worthTo = (jobs: readonly PricedJob[], { horizonHours }: BuyingRules): IdleWorth => {
  const known = new Map<BuyableUnit, number>();
  const byDeadline = jobs.toSorted((a, b) => a.question.batch.hours - b.question.batch.hours);
  const worthOf = (unit: BuyableUnit): number => {
    const perHour = byDeadline.map(({ question, perRequest }) => perRequest * idleRate(unit, question));
    return byDeadline.reduce((sum, { question: { batch } }, index) => {
      const hours = batch.hours - (byDeadline[index - 1]?.question.batch.hours ?? 0);
      return sum + (hours * Math.max(...perHour.slice(index))) / horizonHours;
    }, 0);
  };
  return (unit) => {
    if (!unit.committed) return 0;
    const worth = known.get(unit) ?? worthOf(unit);
    known.set(unit, worth);
    return worth;
  };
};

/** Requests that a job does in an idle hour of a service's unit at most. */
const idleRate = (unit: BuyableUnit, question: BatchQuestion): number => {
  const own = idlePlaceOf(unit, question)?.unit;
  return own ? perInstance(own) * unit.instances : 0;
};

const lesserOf = (jobs: readonly PricedJob[], others: readonly PricedJob[]): readonly PricedJob[] =>
  jobs.map((job, index) => ({ ...job, perRequest: Math.min(job.perRequest, others[index]?.perRequest ?? 0) }));

/** No commitment is worth more idle than it costs. */
const affordable = (
  jobs: readonly PricedJob[],
  { units, rules, bins }: Pick<Priced, "units" | "rules"> & { readonly bins: Bins },
): readonly PricedJob[] => {
  const worth = worthTo(jobs, rules);
  const factor = units.reduce((least, unit) => (worth(unit) > 0 ? Math.min(least, meanPrice(unit, rules, bins) / worth(unit)) : least), 1);
  return jobs.map((job) => ({ ...job, perRequest: job.perRequest * factor }));
};

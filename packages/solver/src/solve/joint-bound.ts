import { type BuyingRules, hoursPerWeek, toUsd } from "@headroom/core";
import { type BuyableUnit, buyableUnits, standingUnits } from "../formulate/buyable-units.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
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
 * Mean dollars an hour below which services and jobs together are not, where they share something: the services' relaxation prices
 * what a job takes of the spot share or brings to it, and the jobs price the idle hours of the services' commitments (Lagrange).
 * Undefined where that has no optimum in time.
 *
 *   bound = services at μ_g, v_u  +  Σ_jobs λ · W / H
 *   λ     ≤ min over u, g of (price_u + θ · μ_g · a_u · ([u is spot] − σ)) / r_u         a request on machines of the job's own
 *   v_u   = (1 / H) ∫ max over jobs whose deadline is still to come of λ · r_u dt        an idle hour of the commitment u
 *
 * The services keep the share by themselves in every hour and with the jobs while these run, so the sum of both, weighted with
 * μ_g, is no more than 0. θ ≤ 1 makes up for weeks that the job's D hours do not fill: θ = min(1, H / (168 · ⌈D / 168⌉)).
 * Every λ is as much smaller as it must be for no commitment to be worth more idle than it costs.
 */
export const jointBound = async ({ services, questions, beside }: JointQuestion, { backends }: SolveTools): Promise<number | undefined> => {
  const { needs, candidates, offers, rules, switching, limits } = services;
  const sharesIdle = questions.some((question) => mayUseIdle(question, services));
  // What another unit replaces in service may be worth more than that one idle.
  const units = (sharesIdle ? standingUnits : buyableUnits)(candidates, offers, rules, switching);
  const groups = hourGroups(needs);
  const cap = mostWithoutGifts([...units, ...questions.flatMap((question) => question.units)], rules.spotMaxShare);
  const pricesAt = async (idleWorth?: IdleWorth): Promise<Bins | undefined> => {
    const found = await hourlyBound({ needs, units, rules, groups, idleWorth }, limits, backends);
    if (found.kind !== "bound") return undefined;
    return found.bins.map(({ members, prices }) => ({ members, prices: { ...prices, spot: Math.min(cap, prices.spot) } }));
  };
  const cycle = groups.length > 1 ? hoursPerWeek : 1;
  const jobsAt = (bins: Bins): readonly PricedJob[] =>
    questions.map((question) => ({ question, perRequest: costOfRequest(question, beside === "nothing" ? sharesOf(bins) : [0], cycle) }));
  const apart = await pricesAt();
  if (!apart) return undefined;
  const boundWith = (bins: Bins, jobs: readonly PricedJob[]): number =>
    boundAt({ needs, units, rules, idleWorth: worthTo(jobs, rules) }, bins) + jobs.reduce((sum, job) => sum + costOfJob(job, rules), 0);
  if (!sharesIdle) return boundWith(apart, jobsAt(apart));
  const first = affordable(jobsAt(apart), { units, rules, bins: apart });
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

const sharesOf = (bins: Bins): readonly number[] => bins.map(({ prices }) => prices.spot);

/** Machines that make room for spot must not be worth more than they cost, or there would be no end of them. */
const mostWithoutGifts = (units: readonly BuyableUnit[], spotMaxShare: number): number =>
  Math.min(...units.filter(({ spot }) => !spot).map(({ price, accelerators }) => toUsd(price) / (spotMaxShare * accelerators)));

const costOfRequest = ({ batch, units, rules }: BatchQuestion, shares: readonly number[], cycle: number): number => {
  const { horizonHours } = rules;
  const filled = Math.min(1, horizonHours / (cycle * Math.ceil(batch.hours / cycle)));
  const perRequest = units.flatMap((unit) => {
    const paid = toUsd(unit.price) * (unit.committed ? horizonHours / batch.hours : 1);
    return shares.map((share) => (paid + filled * share * overSpotShare(unit, rules)) / perHourOf(unit));
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

interface Priced {
  readonly units: readonly BuyableUnit[];
  readonly rules: BuyingRules;
  readonly bins: Bins;
}

/** No commitment is worth more idle than it costs. */
const affordable = (jobs: readonly PricedJob[], { units, rules, bins }: Priced): readonly PricedJob[] => {
  const worth = worthTo(jobs, rules);
  const factor = units.reduce((least, unit) => (worth(unit) > 0 ? Math.min(least, meanPrice(unit, rules, bins) / worth(unit)) : least), 1);
  return jobs.map((job) => ({ ...job, perRequest: job.perRequest * factor }));
};

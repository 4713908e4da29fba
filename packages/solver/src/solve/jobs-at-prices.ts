import { type BuyingRules, toUsd } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { overSpotShare } from "./batch-room.ts";
import { perHourOf } from "./batch-time.ts";
import { type IdleWorth, meanPrice } from "./bound-at-prices.ts";
import { idlePlaceOf, perInstance } from "./idle-places.ts";
import type { BatchQuestion } from "./place-batch.ts";
import type { PricedBin } from "./priced-bins.ts";

/** A job and what one of its requests costs at least on machines of its own, in dollars; or less. */
export interface PricedJob {
  readonly question: BatchQuestion;
  readonly perRequest: number;
}

/** In hours in which the spot share costs so much, in dollars for an accelerator-hour beyond it. */
export const jobsPaying = (questions: readonly BatchQuestion[], shares: readonly number[]): readonly PricedJob[] =>
  questions.map((question) => ({ question, perRequest: costOfRequest(question, shares) }));

const costOfRequest = ({ batch, units, rules }: BatchQuestion, shares: readonly number[]): number => {
  const perRequest = units.flatMap((unit) => {
    const paid = toUsd(unit.price) * (unit.committed ? rules.horizonHours / batch.hours : 1);
    return shares.map((share) => (paid + share * overSpotShare(unit, rules)) / perHourOf(unit));
  });
  return Math.min(...perRequest);
};

/** In the mean of the horizon's hours. */
export const costOfJobs = (jobs: readonly PricedJob[], { horizonHours }: Pick<BuyingRules, "horizonHours">): number =>
  jobs.reduce((sum, { question: { batch }, perRequest }) => sum + (batch.requests / horizonHours) * perRequest, 0);

export const timesJobs = (jobs: readonly PricedJob[], factor: number): readonly PricedJob[] =>
  jobs.map((job) => ({ ...job, perRequest: job.perRequest * factor }));

export const lesserOf = (jobs: readonly PricedJob[], others: readonly PricedJob[]): readonly PricedJob[] =>
  jobs.map((job, index) => ({ ...job, perRequest: Math.min(job.perRequest, others[index]?.perRequest ?? 0) }));

/** What an hour of each commitment is worth idle. */
export const worthTo = (jobs: readonly PricedJob[], { horizonHours }: Pick<BuyingRules, "horizonHours">): IdleWorth => {
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

interface AtPrices {
  readonly units: readonly BuyableUnit[];
  readonly rules: BuyingRules;
  readonly bins: readonly PricedBin[];
}

/** No commitment is worth more idle than it costs. */
export const affordable = (jobs: readonly PricedJob[], { units, rules, bins }: AtPrices): readonly PricedJob[] => {
  const worth = worthTo(jobs, rules);
  const factor = units.reduce((least, unit) => (worth(unit) > 0 ? Math.min(least, meanPrice(unit, rules, bins) / worth(unit)) : least), 1);
  return timesJobs(jobs, factor);
};

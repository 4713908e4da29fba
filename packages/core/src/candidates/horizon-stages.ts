import { defaultPurchase } from "../defaults.ts";
import { surchargesOf } from "../market/index.ts";
import type { Demand, PlanRequest } from "../request/index.ts";
import { hoursPerMonth } from "../units/index.ts";

/** A part of the horizon in which what is bought stays the same from week to week. */
export interface HorizonStage {
  readonly fromHour: number;
  readonly untilHour: number;
}

/** A longer horizon has stages longer than a month. */
export const mostStages = 12;

/**
 * One stage for each month where demand grows or shrinks and purchases may follow it; else one for the whole horizon. What answers
 * cost on their way out is priced for one stage only, and jobs are placed beside a fleet that stays.
 */
export const horizonStages = (request: PlanRequest): readonly HorizonStage[] => {
  const horizonHours = horizonOf(request);
  const months = Math.ceil(horizonHours / hoursPerMonth);
  const follows = grows(request) && (request.purchase?.stages ?? defaultPurchase.stages) === "monthly";
  if (!follows || months <= 1 || hasJobs(request) || surchargesOf(request).egress) return [wholeHorizon(request)];
  const count = Math.min(mostStages, months);
  const startOf = (index: number): number => {
    if (index === count) return horizonHours;
    return months <= mostStages ? index * hoursPerMonth : Math.round((index * horizonHours) / count);
  };
  return Array.from({ length: count }, (_, index) => ({ fromHour: startOf(index), untilHour: startOf(index + 1) }));
};

const hasJobs = ({ batchJobs = [], trainingJobs = [] }: PlanRequest): boolean => batchJobs.length + trainingJobs.length > 0;

export const wholeHorizon = (request: PlanRequest): HorizonStage => ({ fromHour: 0, untilHour: horizonOf(request) });

export const grows = ({ services }: PlanRequest): boolean => services.some(({ demand: { growthPerMonth = 0 } }) => growthPerMonth !== 0);

/**
 * Demand in a stage's busiest month over that of the first month: its last where demand grows, its first where it shrinks.
 *
 *   growing   (1 + g)^(until / 730 − 1)        shrinking   (1 + g)^(from / 730)
 */
export const growthOver = ({ growthPerMonth = 0 }: Demand, { fromHour, untilHour }: HorizonStage): number => {
  const months = growthPerMonth < 0 ? fromHour / hoursPerMonth : Math.max(0, untilHour / hoursPerMonth - 1);
  return (1 + growthPerMonth) ** months;
};

const horizonOf = ({ purchase }: PlanRequest): number => purchase?.horizonHours ?? defaultPurchase.horizonHours;

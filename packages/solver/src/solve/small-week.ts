import { toUsd } from "@headroom/core";
import type { SolveLimits } from "../backends/backend.ts";
import { weightsOf } from "../formulate/formulate-fleet.ts";
import type { HourGroup } from "../formulate/hour-groups.ts";
import type { Backends } from "./backends.ts";
import { commitmentCounts, committedUsd, withInstances } from "./commitment-counts.ts";
import { type CommitmentPrices, firstPrices, type PricedWeek, pricedColumns, repriced } from "./commitment-prices.ts";
import { exactHours, type HourAnswer } from "./exact-hours.ts";
import { configurationsOf, type Configurations } from "./hour-configurations.ts";
import type { HourScene } from "./hour-scene.ts";

export interface SmallWeekQuestion {
  readonly scene: HourScene;
  readonly groups: readonly HourGroup[];
  readonly limits: SolveLimits;
  readonly isLate: () => boolean;
}

export interface SmallWeek {
  /** By group and column; undefined where some hour found none. */
  readonly hours: readonly (readonly number[])[] | undefined;
  readonly cost: number;
  /** Dollars an hour below which no fleet is. */
  readonly lower: number;
}

/** Branches of one hour at most. */
const mostNodes = 1500;

/** Rounds of prices at most. */
const mostRounds = 8;

/** Spans of hours that are priced alike at most. */
const mostSpans = 10;

/**
 * A week of few machines, each hour of all services exactly.
 *
 *   bound   Σ_h w_h · (cheapest hour where commitments may be had at prices of that hour), prices summing to their own (Lagrange)
 *   fleet   price · n + Σ_h w_h · (cheapest hour beside n commitments), n the cheapest counts for hours found so far
 *
 * Each bound finds hours, hours say better counts and better prices, until both meet or the rounds are over.
 */
export const smallWeek = async (question: SmallWeekQuestion, backends: Backends): Promise<SmallWeek> => {
  const { scene, groups, limits, isLate } = question;
  const week: Week = { ...question, weights: weightsOf(groups), found: configurationsOf(scene, groups) };
  const nothing = scene.columns.map(() => 0);
  const hourly = beside(week, nothing);
  let best = hourly;
  if (pricedColumns(scene).length === 0) return best;
  const spans = spansOf(hourly.answers.map(({ lower }) => lower));
  const priced: PricedWeek = { scene, weights: week.weights, spans };
  let prices = firstPrices(priced, hourly.answers.map(({ lower }) => lower));
  let highest: { readonly prices: CommitmentPrices; readonly bound: number } = { prices, bound: 0 };
  const tried = new Set([nothing.join(" ")]);
  const tryCounts = (counts: readonly number[]): void => {
    const key = counts.join(" ");
    if (tried.has(key) || isLate()) return;
    tried.add(key);
    const next = beside(week, counts);
    if (next.cost < best.cost) best = next;
  };
  for (let round = 0; round < mostRounds && !isLate(); round++) {
    const bound = boundAt(week, spans, prices);
    if (bound > highest.bound) highest = { prices, bound };
    const next = await repriced({ ...priced, before: highest.prices, configurations: week.found.all }, limits, backends);
    const start = next && wholeCounts(scene, next.mixed);
    if (start) tryCounts(start);
    tryCounts(commitmentCounts({ scene, weights: week.weights, configurations: week.found.all, starts: start ? [start] : [] }));
    if (!next || highest.bound >= best.cost * (1 - limits.relativeGap)) break;
    prices = next.prices;
  }
  return { ...best, lower: Math.min(highest.bound, best.cost) };
};

/** Commitments of a mixture to the nearest whole ones; instances as its replicas need them. */
const wholeCounts = (scene: HourScene, mixed: readonly number[]): readonly number[] =>
  withInstances(
    scene,
    mixed.map((count, column) => (scene.columns[column]?.committed ? Math.round(count) : 0)),
  );

interface Week extends SmallWeekQuestion {
  readonly weights: readonly number[];
  readonly found: Configurations;
}

/** Contiguous in the order of what the hours cost. */
const spansOf = (costs: readonly number[]): number[][] => {
  const order = costs.map((_, hour) => hour).toSorted((a, b) => (costs[a] ?? 0) - (costs[b] ?? 0) || a - b);
  const size = Math.ceil(order.length / mostSpans);
  return Array.from({ length: Math.ceil(order.length / size) }, (_, span) => order.slice(span * size, (span + 1) * size));
};

/** The week with these commitments; `lower` is that of weeks with the same. */
const beside = (week: Week, given: readonly number[]): SmallWeek & { readonly answers: readonly HourAnswer[] } => {
  const { scene, groups, weights, found, isLate } = week;
  const open = scene.columns.flatMap(({ committed }, column) => (committed ? [] : [column]));
  const prices = open.map((column) => priceOf(scene, column));
  const answers = exactHours({ scene, loads: groups.map(({ loads }) => loads), given, open, prices, mostNodes, isLate });
  const mean = (of: (answer: HourAnswer) => number) =>
    answers.reduce((sum, answer, hour) => sum + (weights[hour] ?? 0) * of(answer), committedUsd(scene, given));
  const hours = answers.map(({ best }) => best && withExtra(given, open, best.counts));
  hours.forEach((counts, hour) => {
    if (counts) found.add(counts, hour);
  });
  const complete = hours.filter((counts) => counts !== undefined);
  return {
    answers,
    hours: complete.length === groups.length ? complete : undefined,
    cost: mean(({ best }) => best?.cost ?? Number.POSITIVE_INFINITY),
    lower: mean((answer) => answer.lower),
  };
};

const boundAt = ({ scene, groups, weights, found, isLate }: Week, spans: readonly (readonly number[])[], prices: CommitmentPrices): number => {
  const open = scene.columns.map((_, column) => column);
  const nothing = open.map(() => 0);
  return spans.reduce((sum, hours, span) => {
    const costs = open.map((column) => prices[span]?.get(column) ?? (scene.columns[column]?.committed ? 0 : priceOf(scene, column)));
    const loads = hours.map((hour) => groups[hour]?.loads ?? []);
    const answers = exactHours({ scene, loads, given: nothing, open, prices: costs, mostNodes, isLate });
    return answers.reduce((all, { best, lower }, at) => {
      const hour = hours[at] ?? 0;
      if (best) found.add(best.counts, hour);
      return all + (weights[hour] ?? 0) * lower;
    }, sum);
  }, 0);
};

const priceOf = ({ columns }: HourScene, column: number): number => {
  const unit = columns[column];
  return unit ? toUsd(unit.price) : 0;
};

const withExtra = (given: readonly number[], open: readonly number[], extra: readonly number[]): number[] => {
  const counts = [...given];
  open.forEach((column, at) => {
    counts[column] = (counts[column] ?? 0) + (extra[at] ?? 0);
  });
  return counts;
};

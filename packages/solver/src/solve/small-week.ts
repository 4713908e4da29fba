import { weightsOf } from "../formulate/formulate-fleet.ts";
import type { Backends } from "./backends.ts";
import { commitmentCounts, withInstances } from "./commitment-counts.ts";
import {
  type Box,
  type CommitmentPrices,
  firstPrices,
  type PricedWeek,
  pricedColumns,
  type Repricing,
  repriced,
} from "./commitment-prices.ts";
import { configurationsOf } from "./hour-configurations.ts";
import type { HourScene } from "./hour-scene.ts";
import { priceOf, type SmallWeek, type SmallWeekQuestion, type Week, weekAtPrices, weekBeside } from "./small-week-hours.ts";

/**
 * Branches of one hour at most, and of all hours in all rounds: first a look at every hour in every round, then a closer one where
 * that leaves the week open. Where instances are shared a branch is dearer, and a closer look proves little.
 */
const depths = {
  shared: [
    { mostNodes: 60, mostNodesInAll: 2_500 },
    { mostNodes: 400, mostNodesInAll: 3_000 },
  ],
  apart: [
    { mostNodes: 60, mostNodesInAll: 1_000 },
    { mostNodes: 400, mostNodesInAll: 4_000 },
  ],
} as const;

/** Rounds of prices at the first node, and at each of the others. */
const mostRounds = { first: 10, later: 3 } as const;

/** Steps to new prices: short ones first, longer ones where these prove no more. */
const strides = { first: 0.35, growth: 1.5 } as const;

/** Counts of commitments that are branched on at most. */
const mostBranches = 100;

/** Spans of hours that are priced alike at most. */
const mostSpans = 10;

/**
 * A week of few machines, each hour of all services exactly.
 *
 *   bound   Σ_h w_h · (cheapest hour where commitments may be had at prices of that hour), prices summing to their own (Lagrange)
 *   fleet   price · n + Σ_h w_h · (cheapest hour beside n commitments), n the cheapest counts for hours found so far
 *
 * Each bound finds hours, hours say better counts and better prices. Where bound and fleet do not meet, the count of one commitment
 * is branched on: no more than, or no less than. Of what is open the lowest bound comes first.
 */
export const smallWeek = async (question: SmallWeekQuestion, backends: Backends): Promise<SmallWeek> => {
  const { scene, groups, limits } = question;
  const found = configurationsOf(scene, groups);
  let closest: SmallWeek = { hours: undefined, cost: Number.POSITIVE_INFINITY, lower: 0 };
  for (const { mostNodes, mostNodesInAll } of scene.pools.length > 0 ? depths.shared : depths.apart) {
    const isLate = spentOrLate(mostNodesInAll, question.isLate);
    const next = await searched({ ...question, mostNodes, isLate, weights: weightsOf(groups), found }, backends);
    closest = { ...(next.cost < closest.cost ? next : closest), lower: Math.max(next.lower, closest.lower) };
    if (closest.lower >= closest.cost * (1 - limits.relativeGap) || question.isLate()) break;
  }
  return closest;
};

const searched = async (week: Week, backends: Backends): Promise<SmallWeek> => {
  const { scene, limits, isLate } = week;
  const nothing = scene.columns.map(() => 0);
  const hourly = weekBeside(week, nothing);
  if (pricedColumns(scene).length === 0) return hourly;
  const costs = hourly.answers.map(({ lower }) => lower);
  const priced: PricedWeek = { scene, weights: week.weights, spans: spansOf(costs) };
  const search: Search = { week, priced, backends, best: hourly, tried: new Set([nothing.join(" ")]) };
  const whole: Box = { least: nothing, most: scene.columns.map(({ most }) => most) };
  const open = [await branchAt(search, { box: whole, prices: firstPrices(priced, costs), bound: 0 }, mostRounds.first)];
  const isProved = (bound: number) => bound >= search.best.cost * (1 - limits.relativeGap);
  for (let branches = 0; branches < mostBranches && !isLate(); branches++) {
    open.sort((a, b) => a.bound - b.bound);
    const [lowest] = open;
    if (!lowest || isProved(lowest.bound) || !lowest.mixture) break;
    const sides = sidesOf(priced, lowest.box, lowest.mixture);
    open.shift();
    if (sides.length === 0) {
      const again = await branchAt(search, lowest, mostRounds.first);
      open.push(again);
      if (again.bound <= lowest.bound * (1 + 1e-5)) break;
    }
    for (const box of sides) open.push(await branchAt(search, { box, prices: lowest.prices, bound: lowest.bound }, mostRounds.later));
  }
  return { ...search.best, lower: open.reduce((least, { bound }) => Math.min(least, bound), search.best.cost) };
};

/** Every branch of every hour asks once. */
const spentOrLate = (mostNodesInAll: number, isLate: () => boolean): (() => boolean) => {
  let branches = 0;
  return () => ++branches > mostNodesInAll || isLate();
};

interface Search {
  readonly week: Week;
  readonly priced: PricedWeek;
  readonly backends: Backends;
  best: SmallWeek;
  readonly tried: Set<string>;
}

interface Branch {
  readonly box: Box;
  /** The prices that prove most, and what they prove. */
  readonly prices: CommitmentPrices;
  readonly bound: number;
  /** What the cheapest mixture of known hours has. */
  readonly mixture?: Repricing | undefined;
}

/** Prices, hours at these prices, and counts for these hours, in turn. */
const branchAt = async (search: Search, from: Branch, rounds: number): Promise<Branch> => {
  const { week, priced, backends } = search;
  const { limits, isLate, found, scene } = week;
  let branch = from;
  let { prices } = from;
  let stride: number = strides.first;
  for (let round = 0; round < rounds && !isLate(); round++) {
    const bound = weekAtPrices(week, { box: from.box, spans: priced.spans, prices });
    stride = bound > branch.bound ? strides.first : Math.min(1, stride * strides.growth);
    if (bound > branch.bound || round === 0) branch = { ...branch, prices, bound: Math.max(branch.bound, bound) };
    if (branch.bound >= search.best.cost * (1 - limits.relativeGap)) break;
    const asked = { ...priced, box: from.box, before: branch.prices, stride, configurations: found.all };
    const next = await repriced(asked, limits, backends);
    if (!next) break;
    const start = wholeCounts(scene, next.mixed);
    tryCounts(search, start);
    tryCounts(search, commitmentCounts({ scene, weights: week.weights, configurations: found.all, starts: [start] }));
    branch = { ...branch, mixture: next };
    prices = next.prices;
  }
  return branch;
};

const tryCounts = (search: Search, counts: readonly number[]): void => {
  const key = counts.join(" ");
  if (search.tried.has(key) || search.week.isLate()) return;
  search.tried.add(key);
  const next = weekBeside(search.week, counts);
  if (next.cost < search.best.cost) search.best = next;
};

/** The count on which hours disagree most, in dollars, held to either side. */
const sidesOf = ({ scene }: PricedWeek, { least, most }: Box, { mixed, unrest }: Repricing): Box[] => {
  const open = pricedColumns(scene).filter((column) => (most[column] ?? 0) > (least[column] ?? 0));
  const disagreement = (column: number) => (unrest[column] ?? 0) * priceOf(scene, column);
  const column = open.reduce((best, one) => (best < 0 || disagreement(one) > disagreement(best) + 1e-9 ? one : best), -1);
  if (column < 0 || disagreement(column) < 1e-6) return [];
  const below = Math.min(Math.floor((mixed[column] ?? 0) + 1e-6), (most[column] ?? 0) - 1);
  return [
    { least, most: most.with(column, below) },
    { least: least.with(column, below + 1), most },
  ];
};

/** Commitments of a mixture to the nearest whole ones; instances as its replicas need them. */
const wholeCounts = (scene: HourScene, mixed: readonly number[]): readonly number[] =>
  withInstances(
    scene,
    mixed.map((count, column) => (scene.columns[column]?.committed ? Math.round(count) : 0)),
  );

/** Contiguous in the order of what the hours cost. */
const spansOf = (costs: readonly number[]): number[][] => {
  const order = costs.map((_, hour) => hour).toSorted((a, b) => (costs[a] ?? 0) - (costs[b] ?? 0) || a - b);
  const size = Math.ceil(order.length / mostSpans);
  return Array.from({ length: Math.ceil(order.length / size) }, (_, span) => order.slice(span * size, (span + 1) * size));
};

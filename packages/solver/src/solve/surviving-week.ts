import type { Survival } from "@headroom/core";
import { type Standing, type SurvivingHour, type SurvivingItem, survivingHour } from "./surviving-hour.ts";

export interface SurvivingWeekQuestion {
  readonly survive: Exclude<Survival, "nothing">;
  readonly hourly: readonly SurvivingItem[];
  /** Bought once for all hours. */
  readonly committed: readonly SurvivingItem[];
  /** Of each hour, and its share of all hours. */
  readonly loads: readonly number[];
  readonly weights: readonly number[];
  readonly effort: "whole" | "quick";
  readonly isLate: () => boolean;
}

export interface SurvivingWeek {
  readonly cost: number;
  /** No week costs less; nothing where it was not asked for. */
  readonly lower: number;
  readonly committed: readonly number[];
  /** By hour and item. */
  readonly hourly: readonly (readonly number[])[];
}

/**
 * A week of one service that must survive a loss.
 *
 *   week    min_N Σ_u price_u · N_u + Σ_h w_h · F_h(N),   F_h(N) the cheapest hour beside the commitments N
 *   bound   max_ρ Σ_h w_h · F_h(ρ), commitments had by the hour at ρ_uh ≥ 0 with Σ_h w_h · ρ_uh = price_u      (Lagrange)
 *
 * Any such ρ is a bound, since what stands in all hours then costs its whole price. ρ climbs by what an hour takes of a commitment
 * above its mean; the means themselves are commitments to try.
 */
export const survivingWeek = (question: SurvivingWeekQuestion): SurvivingWeek | undefined => {
  const costs = weekCosts(question);
  let best = [question.committed.map(() => 0), peakCommitments(question)].reduce<Tried | undefined>(
    (least, counts) => cheaper(least, counts && costs.of(counts)),
    undefined,
  );
  if (!best) return undefined;
  let lower = 0;
  if (question.committed.length === 0) lower = question.effort === "quick" ? 0 : best.lower;
  else {
    const bounded = question.effort === "quick" ? quickly(costs, best) : boundBelow(question, costs, best);
    best = bounded.best;
    lower = bounded.lower;
  }
  const hours = costs.hoursOf(best.counts);
  return { cost: best.cost, lower: Math.min(lower, best.cost), committed: best.counts, hourly: hours };
};

interface Tried {
  readonly counts: readonly number[];
  readonly cost: number;
  readonly lower: number;
}

const cheaper = (a: Tried | undefined, b: Tried | undefined): Tried | undefined => (!b || (a && a.cost <= b.cost + 1e-9) ? a : b);

/** A choice of an hour may cost so much of the least more. */
const tolerated = { "one-instance": 1e-4, "one-zone": 2e-3 } as const;

/** Of what the load would cost at the best rate. */
const toleranceAt = ({ survive, hourly, committed }: SurvivingWeekQuestion, load: number): number =>
  tolerated[survive] * load * Math.min(...[...hourly, ...committed].map(({ price, capacity }) => price / capacity));

/** Hours solved for the bound, and for trying commitments. */
const mostHours = {
  whole: { "one-instance": { climb: 1500, split: 15000, improve: 3000 }, "one-zone": { climb: 280, split: 120, improve: 120 } },
  quick: { "one-instance": { climb: 0, split: 0, improve: 150 }, "one-zone": { climb: 0, split: 0, improve: 0 } },
} as const;

interface WeekCosts {
  readonly question: SurvivingWeekQuestion;
  readonly of: (counts: readonly number[]) => Tried | undefined;
  /** Nothing for an hour that they cannot carry. */
  readonly hourCosts: (counts: readonly number[]) => readonly number[];
  readonly hoursOf: (counts: readonly number[]) => readonly (readonly number[])[];
  readonly solved: () => number;
}

/** What a week costs beside given commitments, each hour solved once. */
const weekCosts = (question: SurvivingWeekQuestion): WeekCosts => {
  const { survive, hourly, committed, loads, weights } = question;
  const known = new Map<string, SurvivingHour | undefined>();
  const hourWith = (load: number, counts: readonly number[]): SurvivingHour | undefined => {
    const key = [load, ...counts].join(" ");
    if (known.has(key)) return known.get(key);
    const standing = committed.flatMap(({ capacity, zone }, at): Standing[] =>
      counts[at] ? [{ capacity, zone, count: counts[at] ?? 0 }] : [],
    );
    const hour = survivingHour(survive, { items: hourly, standing, load, tolerance: toleranceAt(question, load) });
    known.set(key, hour);
    return hour;
  };
  return {
    question,
    of: (counts) => {
      const fixed = committed.reduce((sum, { price }, at) => sum + price * (counts[at] ?? 0), 0);
      let [cost, lower] = [fixed, fixed];
      for (const [at, load] of loads.entries()) {
        const hour = hourWith(load, counts);
        if (!hour) return undefined;
        cost += (weights[at] ?? 0) * hour.cost;
        lower += (weights[at] ?? 0) * hour.lower;
      }
      return { counts, cost, lower };
    },
    hourCosts: (counts) => loads.map((load) => hourWith(load, counts)?.cost ?? 0),
    hoursOf: (counts) => loads.map((load) => hourWith(load, counts)?.counts ?? []),
    solved: () => known.size,
  };
};

/** The commitments of the busiest hour, were they the only way to buy beside what is sold by the hour at the same price. */
const peakCommitments = (question: SurvivingWeekQuestion): readonly number[] | undefined => {
  const { survive, hourly, committed, loads } = question;
  const load = Math.max(...loads);
  const hour = survivingHour(survive, { items: [...hourly, ...committed], standing: [], load, tolerance: toleranceAt(question, load) });
  return hour?.counts.slice(hourly.length);
};

interface Bounded {
  readonly best: Tried;
  readonly lower: number;
}

/** Close enough to end the climb. */
const closeGap = { "one-instance": 1e-3, "one-zone": 4e-3 } as const;

const quickly = (costs: WeekCosts, begun: Tried): Bounded => {
  const best = improve(costs, begun, begun.counts);
  return { best, lower: 0 };
};

/** Counts of commitments from so many to so many. */
interface Box {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

type HourPrices = readonly (readonly number[])[];

interface Node {
  readonly box: Box;
  readonly prices: HourPrices;
  readonly lower: number;
  readonly means: readonly number[];
  /** Whether every hour takes the same of every commitment: then the bound is what a week costs. */
  readonly isWhole: boolean;
}

/** Climbs over all counts, then splits them where the hours disagree, the lowest bound first. */
const boundBelow = (question: SurvivingWeekQuestion, costs: WeekCosts, begun: Tried): Bounded => {
  const { committed, loads, effort, survive, isLate } = question;
  const budget = mostHours[effort][survive];
  let best = begun;
  let hours = 0;
  const visit = (box: Box, prices: HourPrices, most: number): Node | undefined => {
    const climbed = climb(question, costs, { box, prices, best, mostSteps: Math.floor(most / loads.length) });
    hours += climbed.steps * loads.length;
    best = climbed.best;
    return climbed.node;
  };
  const all = { from: committed.map(() => 0), to: committed.map(({ most }) => most) };
  const root = visit(all, firstPrices(question, costs), budget.climb);
  if (!root) return { best, lower: 0 };
  best = improve(costs, best, root.means);
  const open = [root];
  let closed = Number.POSITIVE_INFINITY;
  for (let splits = 0; splits < mostSplits && hours < budget.climb + budget.split && !isLate(); splits++) {
    const at = lowestOf(open);
    const node = open[at];
    if (!node || best.cost - node.lower <= closeGap[survive] * best.cost) break;
    open.splice(at, 1);
    if (node.isWhole) {
      closed = Math.min(closed, node.lower);
      continue;
    }
    for (const box of halvesOf(node)) {
      const half = visit(box, node.prices, nodeSteps * loads.length);
      if (half) open.push({ ...half, lower: Math.max(half.lower, node.lower) });
    }
  }
  return { best, lower: Math.min(closed, best.cost, ...open.map(({ lower }) => lower)) };
};

/** An hour pays for a commitment what it pays for the load that one carries. */
const firstPrices = ({ committed, loads, weights }: SurvivingWeekQuestion, costs: WeekCosts): HourPrices => {
  const hours = costs.hourCosts(committed.map(() => 0));
  return committed.map(({ price, capacity }) => {
    const worths = loads.map((load, at) => (load > 0 ? ((hours[at] ?? 0) * Math.min(capacity, load)) / load : 0));
    const now = mean(worths, weights);
    return worths.map((worth) => (now > 0 ? (worth * price) / now : price));
  });
};

const nodeSteps = 6;

const mostSplits = 60;

const lowestOf = (open: readonly Node[]): number =>
  open.reduce((least, { lower }, at) => (lower < (open[least]?.lower ?? Number.POSITIVE_INFINITY) ? at : least), 0);

/** Split at the commitment of which the hours take most differently. */
const halvesOf = ({ box, means }: Node): readonly Box[] => {
  const fraction = (value: number) => Math.min(value - Math.floor(value), Math.ceil(value) - value);
  const open = means.map((_, at) => at).filter((at) => (box.from[at] ?? 0) < (box.to[at] ?? 0));
  const split = open.reduce((most, at) => (fraction(means[at] ?? 0) > fraction(means[most] ?? 0) ? at : most), open[0] ?? 0);
  const middle = Math.min((box.to[split] ?? 0) - 1, Math.floor(means[split] ?? 0));
  return [
    { from: box.from, to: box.to.with(split, middle) },
    { from: box.from.with(split, middle + 1), to: box.to },
  ];
};

interface Climb {
  readonly box: Box;
  readonly prices: HourPrices;
  readonly best: Tried;
  readonly mostSteps: number;
}

const climb = (
  question: SurvivingWeekQuestion,
  costs: WeekCosts,
  { box, prices: begun, best: cheapest, mostSteps }: Climb,
): { readonly node: Node | undefined; readonly best: Tried; readonly steps: number } => {
  let best = cheapest;
  let [prices, scale, stalled, steps] = [begun, 1, 0, 0];
  let node: Node | undefined;
  let known: Point["hours"] | undefined;
  for (; steps === 0 || (steps < mostSteps && !question.isLate()); steps++) {
    const point = pricedWeek(question, box, { prices, known });
    if (!point) break;
    known = point.hours;
    const isWhole = point.length < 1e-9;
    if (!node || point.lower > node.lower + 1e-9) [node, stalled] = [{ box, prices, lower: point.lower, means: point.means, isWhole }, 0];
    else if (++stalled > 1) [scale, stalled, prices] = [scale / 2, 0, node.prices];
    best = cheaper(best, costs.of(point.means.map((count) => Math.round(count)))) ?? best;
    if (best.cost - node.lower <= closeGap[question.survive] * best.cost || isWhole) break;
    prices = moved(question, prices, { ...point, by: (scale * Math.max(0, best.cost - point.lower)) / point.length });
  }
  return { node, best, steps };
};

interface Point {
  readonly lower: number;
  readonly means: readonly number[];
  /** By commitment and hour, what the hour takes above the mean. */
  readonly slopes: readonly (readonly number[])[];
  /** Of the slopes, squared. */
  readonly length: number;
  /** What each hour takes of what it is offered. */
  readonly hours: readonly (readonly number[])[];
}

/** The hours apart, with what the box begins with standing and the rest up to its end for sale. */
const pricedWeek = (
  question: SurvivingWeekQuestion,
  { from, to }: Box,
  { prices, known }: { readonly prices: HourPrices; readonly known: Point["hours"] | undefined },
): Point | undefined => {
  const { survive, hourly, committed, loads, weights } = question;
  const standing = committed.flatMap(({ capacity, zone }, at) => (from[at] ? [{ capacity, zone, count: from[at] ?? 0 }] : []));
  let lower = committed.reduce((sum, { price }, at) => sum + price * (from[at] ?? 0), 0);
  const taken: number[][] = committed.map(() => []);
  const hours: (readonly number[])[] = [];
  for (const [at, load] of loads.entries()) {
    const offered = committed.map((item, index) => ({
      ...item,
      price: prices[index]?.[at] ?? item.price,
      most: (to[index] ?? 0) - (from[index] ?? 0),
    }));
    const items = [...hourly, ...offered.filter(({ most }) => most > 0)];
    const hour = survivingHour(survive, { items, standing, load, tolerance: toleranceAt(question, load), known: known?.[at] });
    if (!hour) return undefined;
    lower += (weights[at] ?? 0) * hour.lower;
    hours.push(hour.counts);
    let position = hourly.length;
    for (const [index, counts] of taken.entries())
      counts.push((from[index] ?? 0) + ((offered[index]?.most ?? 0) > 0 ? (hour.counts[position++] ?? 0) : 0));
  }
  const means = taken.map((counts) => mean(counts, weights));
  const slopes = taken.map((counts, index) => counts.map((count) => count - (means[index] ?? 0)));
  const length = slopes.reduce(
    (sum, own) =>
      sum +
      mean(
        own.map((slope) => slope * slope),
        weights,
      ),
    0,
  );
  return { lower, means, slopes, length, hours };
};

const mean = (values: readonly number[], weights: readonly number[]): number =>
  values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0);

const moved = (
  { committed, weights }: SurvivingWeekQuestion,
  prices: HourPrices,
  { slopes, by }: Pick<Point, "slopes"> & { readonly by: number },
): number[][] =>
  committed.map(({ price }, index) => {
    const own = (prices[index] ?? []).map((value, at) => Math.max(0, value + by * (slopes[index]?.[at] ?? 0)));
    const now = mean(own, weights);
    return own.map((value) => (now > 0 ? (value * price) / now : price));
  });

/** Commitments worth a try one by one. */
const mostTried = 6;

/** One more, one fewer, or one in place of another, as long as that is cheaper. */
const improve = (costs: WeekCosts, begun: Tried, means: readonly number[]): Tried => {
  const { effort, survive, isLate } = costs.question;
  const most = costs.solved() + mostHours[effort][survive].improve;
  const isOver = () => costs.solved() >= most || isLate();
  const tried = means
    .map((value, index) => ({ index, value: Math.max(value, begun.counts[index] ?? 0) }))
    .toSorted((a, b) => b.value - a.value || a.index - b.index)
    .slice(0, mostTried)
    .map(({ index }) => index);
  const steps = tried.flatMap((up) => [
    [{ index: up, by: 1 }],
    [{ index: up, by: -1 }],
    [{ index: up, by: 2 }],
    ...tried.flatMap((down) =>
      down === up
        ? []
        : [
            [
              { index: up, by: 1 },
              { index: down, by: -1 },
            ],
          ],
    ),
  ]);
  let best = begun;
  for (let isBetter = true; isBetter && !isOver(); ) {
    isBetter = false;
    for (const step of steps) {
      if (isOver()) break;
      const counts = [...best.counts];
      for (const { index, by } of step) counts[index] = (counts[index] ?? 0) + by;
      if (counts.some((count, index) => count < 0 || count > (costs.question.committed[index]?.most ?? 0))) continue;
      const found = cheaper(best, costs.of(counts)) ?? best;
      isBetter ||= found !== best;
      best = found;
    }
  }
  return best;
};

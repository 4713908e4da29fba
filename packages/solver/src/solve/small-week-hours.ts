import { toUsd } from "@headroom/core";
import type { SolveLimits } from "../backends/backend.ts";
import type { HourGroup } from "../formulate/hour-groups.ts";
import type { WholeSolution } from "./cheapest-whole.ts";
import { committedUsd } from "./commitment-counts.ts";
import type { Box, CommitmentPrices } from "./commitment-prices.ts";
import { exactHours, type HourAnswer } from "./exact-hours.ts";
import type { Configuration, Configurations } from "./hour-configurations.ts";
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

/** A question, how closely its hours are looked at, and ways to carry hours that were found so far. */
export interface Week extends SmallWeekQuestion {
  readonly mostNodes: number;
  readonly weights: readonly number[];
  readonly found: Configurations;
}

/** The week with these commitments; `lower` is that of weeks with the same. */
export const weekBeside = (week: Week, given: readonly number[]): SmallWeek & { readonly answers: readonly HourAnswer[] } => {
  const { scene, groups, weights, found, mostNodes, isLate } = week;
  const open = scene.columns.flatMap(({ committed }, column) => (committed ? [] : [column]));
  const prices = open.map((column) => priceOf(scene, column));
  const ways = found.all.filter(({ counts }) =>
    counts.every((count, column) => !scene.columns[column]?.committed || count <= (given[column] ?? 0)),
  );
  const answers = exactHours({
    scene,
    loads: groups.map(({ loads }) => loads),
    given,
    open,
    prices,
    known: (hour) => cheapestWay(ways, hour, { least: given, open, costs: prices }),
    tolerance: 0,
    mostNodes,
    isLate,
  });
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

interface Beyond {
  readonly least: readonly number[];
  readonly open: readonly number[];
  readonly costs: readonly number[];
}

/** Of ways that carry an hour, the one that costs least beyond what is there. */
const cheapestWay = (ways: readonly Configuration[], hour: number, { least, open, costs }: Beyond): WholeSolution | undefined => {
  let best: WholeSolution | undefined;
  for (const { counts, carries } of ways) {
    if (!carries.has(hour)) continue;
    const extra = open.map((column) => Math.max(0, (counts[column] ?? 0) - (least[column] ?? 0)));
    const cost = extra.reduce((sum, count, at) => sum + count * (costs[at] ?? 0), 0);
    if (!best || cost < best.cost) best = { cost, counts: extra };
  }
  return best;
};

interface Priced {
  readonly box: Box;
  readonly spans: readonly (readonly number[])[];
  readonly prices: CommitmentPrices;
}

/** What the week cannot cost less than with the box's least commitments, where more of them may be had at prices of each span. */
export const weekAtPrices = (week: Week, { box: { least, most }, spans, prices }: Priced): number => {
  const { scene, groups, weights, found, limits, mostNodes, isLate } = week;
  const open = scene.columns.flatMap((_, column) => ((most[column] ?? 0) > (least[column] ?? 0) ? [column] : []));
  return spans.reduce(
    (sum, hours, span) => {
      const costs = open.map((column) => prices[span]?.get(column) ?? (scene.columns[column]?.committed ? 0 : priceOf(scene, column)));
      const loads = hours.map((hour) => groups[hour]?.loads ?? []);
      const ways = found.all.filter(({ counts }) =>
        counts.every((count, column) => count <= Math.max(most[column] ?? 0, least[column] ?? 0)),
      );
      const known = (at: number) => cheapestWay(ways, hours[at] ?? 0, { least, open, costs });
      const answers = exactHours({
        scene,
        loads,
        given: least,
        most,
        open,
        prices: costs,
        known,
        tolerance: limits.relativeGap / 10,
        mostNodes,
        isLate,
      });
      return answers.reduce((all, { best, lower }, at) => {
        const hour = hours[at] ?? 0;
        if (best) found.add(withExtra(least, open, best.counts), hour);
        return all + (weights[hour] ?? 0) * lower;
      }, sum);
    },
    committedUsd(scene, least),
  );
};

export const priceOf = ({ columns }: HourScene, column: number): number => {
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

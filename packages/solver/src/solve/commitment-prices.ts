import { toUsd } from "@headroom/core";
import type { SolveLimits } from "../backends/backend.ts";
import { programBuilder } from "../linear-program/program-builder.ts";
import type { Backends } from "./backends.ts";
import type { Configuration } from "./hour-configurations.ts";
import type { HourScene } from "./hour-scene.ts";

/** By span of hours and column: what having one committed in an hour costs there. Over all hours they sum to its price or less. */
export type CommitmentPrices = readonly ReadonlyMap<number, number>[];

export interface PricedWeek {
  readonly scene: HourScene;
  /** Share of all hours, by hour. */
  readonly weights: readonly number[];
  /** Hours whose commitments are priced alike. */
  readonly spans: readonly (readonly number[])[];
}

/** Committed whole units, and instances of committed pools: what is paid for. */
export const pricedColumns = ({ columns, pools }: HourScene): number[] => {
  const replicas = new Set(pools.flatMap((pool) => pool.replicas.map(({ column }) => column)));
  return columns.flatMap(({ committed }, column) => (committed && !replicas.has(column) ? [column] : []));
};

/** In proportion to what the hours cost without any. */
export const firstPrices = ({ scene, weights, spans }: PricedWeek, costs: readonly number[]): CommitmentPrices => {
  const mean = (hours: readonly number[]) => {
    const weight = hours.reduce((sum, hour) => sum + (weights[hour] ?? 0), 0);
    return hours.reduce((sum, hour) => sum + (weights[hour] ?? 0) * (costs[hour] ?? 0), 0) / weight;
  };
  const all = mean(weights.map((_, hour) => hour));
  const columns = pricedColumns(scene);
  return spans.map((hours) => new Map(columns.map((column) => [column, (priceOf(scene, column) * mean(hours)) / all])));
};

const priceOf = ({ columns }: HourScene, column: number): number => toUsd(columns[column]?.price ?? noPrice);

const noPrice = 0n as HourScene["columns"][number]["price"];

/** By column: at least and at most so many commitments. */
export interface Box {
  readonly least: readonly number[];
  readonly most: readonly number[];
}

interface Repriced extends PricedWeek {
  readonly box: Box;
  /** The best so far. */
  readonly before: CommitmentPrices;
  /** Share of the way from the best prices to those of the mixture: all the way they may leap from one end to the other. */
  readonly stride: number;
  readonly configurations: readonly Configuration[];
}

/** So many configurations stand for an hour: those that cost it least at the prices before. */
const mostOfHour = 12;

export interface Repricing {
  readonly prices: CommitmentPrices;
  /** By column, what the mixture has of commitments: of whole units and instances bought, of replicas at work. */
  readonly mixed: readonly number[];
  /** By column, how far hours are from it in the mean. */
  readonly unrest: readonly number[];
}

/**
 * The prices at which the week of known configurations costs most, which are the dual of the cheapest mixture of them.
 *
 *   variables   n_c ≥ 0 counts of commitments beyond the box's least;  z_hk ≥ 0 share of hour h that configuration k carries
 *   minimise    Σ_c price_c · n_c + Σ_h w_h Σ_k hourly_k · z_hk
 *   hour h      Σ_k z_hk ≥ 1
 *   there c p   Σ_{h in p} w_h · n_c − Σ_{h in p} w_h Σ_k max(0, count_kc − least_c) · z_hk ≥ 0      p spans
 *
 * Undefined where that has no optimum in time.
 */
export const repriced = async (asked: Repriced, limits: SolveLimits, backends: Backends): Promise<Repricing | undefined> => {
  const { scene, weights, spans, before, box } = asked;
  const priced = pricedColumns(scene);
  const configurations = asked.configurations.filter(({ counts }) =>
    priced.every((column) => (counts[column] ?? 0) <= (box.most[column] ?? 0)),
  );
  const beyond = (counts: readonly number[], column: number) => Math.max(0, (counts[column] ?? 0) - (box.least[column] ?? 0));
  const columns = priced.filter((column) => configurations.some(({ counts }) => beyond(counts, column) > 0));
  const builder = programBuilder();
  const used: { readonly variable: number; readonly weight: number; readonly counts: readonly number[] }[] = [];
  const bought = columns.map((column) => builder.variable({ label: `commitment ${column}`, cost: priceOf(scene, column) }));
  const rows = spans.map((hours, span) => {
    const taken = columns.map((): { variable: number; coefficient: number }[] => []);
    for (const hour of hours) {
      const weight = weights[hour] ?? 0;
      const shares = waysOf(configurations, hour, before[span] ?? new Map(), box).map(({ counts, hourlyUsd }, way) => {
        const variable = builder.variable({ label: `hour ${hour} by ${way}`, cost: weight * hourlyUsd });
        used.push({ variable, weight, counts });
        columns.forEach((column, at) => {
          if (beyond(counts, column) > 0) taken[at]?.push({ variable, coefficient: -weight * beyond(counts, column) });
        });
        return { variable, coefficient: 1 };
      });
      builder.constrain({ label: `hour ${hour}`, terms: shares, lower: 1 });
    }
    const weight = hours.reduce((sum, hour) => sum + (weights[hour] ?? 0), 0);
    return taken.map((terms, at) =>
      builder.constrain({
        label: `there ${at} in ${span}`,
        terms: [{ variable: bought[at] ?? -1, coefficient: weight }, ...terms],
        lower: 0,
      }),
    );
  });
  const large = await backends.large();
  const outcome = large.solve(builder.program(), limits);
  if (outcome.status !== "optimal" || !outcome.rowDuals) return undefined;
  const { rowDuals, values } = outcome;
  const duals = rows.map((ofSpan) => new Map(columns.map((column, at) => [column, Math.max(0, rowDuals[ofSpan[at] ?? -1] ?? 0)])));
  const mixed = scene.columns.map((_, column) => {
    const at = columns.indexOf(column);
    if (at >= 0) return (box.least[column] ?? 0) + (values[bought[at] ?? -1] ?? 0);
    if (priced.includes(column)) return box.least[column] ?? 0;
    return used.reduce((sum, { variable, weight, counts }) => sum + weight * (values[variable] ?? 0) * (counts[column] ?? 0), 0);
  });
  const unrest = mixed.map((count, column) =>
    used.reduce((sum, { variable, weight, counts }) => sum + weight * (values[variable] ?? 0) * Math.abs((counts[column] ?? 0) - count), 0),
  );
  return { prices: between(before, withWholePrices(asked, duals), asked.stride), mixed, unrest };
};

const between = (one: CommitmentPrices, other: CommitmentPrices, stride: number): CommitmentPrices =>
  one.map(
    (ofSpan, span) =>
      new Map([...ofSpan].map(([column, price]) => [column, price + stride * ((other[span]?.get(column) ?? price) - price)])),
  );

const waysOf = (
  configurations: readonly Configuration[],
  hour: number,
  prices: ReadonlyMap<number, number>,
  { least }: Box,
): Configuration[] =>
  configurations
    .filter(({ carries }) => carries.has(hour))
    .map((configuration) => ({ configuration, cost: costAt(configuration, prices, least) }))
    .toSorted((a, b) => a.cost - b.cost)
    .slice(0, mostOfHour)
    .map(({ configuration }) => configuration);

const costAt = ({ counts, hourlyUsd }: Configuration, prices: ReadonlyMap<number, number>, least: readonly number[]): number => {
  let cost = hourlyUsd;
  for (const [column, price] of prices) cost += price * Math.max(0, (counts[column] ?? 0) - (least[column] ?? 0));
  return cost;
};

/** Prices of each column made to sum to its own; one that no configuration has keeps the prices before. */
const withWholePrices = ({ scene, weights, spans, before }: Repriced, prices: CommitmentPrices): CommitmentPrices => {
  const shares = spans.map((hours) => hours.reduce((sum, hour) => sum + (weights[hour] ?? 0), 0));
  const whole = spans.map(() => new Map<number, number>());
  for (const column of pricedColumns(scene)) {
    const known = prices.map((ofSpan, span) => ofSpan.get(column) ?? before[span]?.get(column) ?? 0);
    const sum = known.reduce((all, price, span) => all + price * (shares[span] ?? 0), 0);
    const price = priceOf(scene, column);
    whole.forEach((ofSpan, span) => {
      const own = known[span] ?? 0;
      ofSpan.set(column, sum > price ? (own * price) / sum : own + price - sum);
    });
  }
  return whole;
};

import { toUsd } from "@headroom/core";
import type { Configuration } from "./hour-configurations.ts";
import type { HourScene } from "./hour-scene.ts";

interface CountsQuestion {
  readonly scene: HourScene;
  /** Share of all hours, by hour. */
  readonly weights: readonly number[];
  readonly configurations: readonly Configuration[];
  /** Counts to begin with, beside those that configurations ask for. */
  readonly starts: readonly (readonly number[])[];
}

/** Steps of the search at most. */
const mostSteps = 60;

/**
 * Counts of the commitments that make the cheapest week of known configurations: each hour takes the cheapest one that asks for no
 * more of them. From nothing, and from what a configuration asks for, one change at a time, the best one first. On instances
 * that are shared, replicas are counted, and the instances follow.
 */
export const commitmentCounts = (question: CountsQuestion): readonly number[] => {
  const scene = searchOf(question);
  const [first, ...others] = [scene.nothing, ...question.starts, ...asksOf(scene)];
  let best = evaluated(scene, first ?? []);
  for (const counts of others) best = cheaper(best, evaluated(scene, counts));
  for (let step = 0; step < mostSteps; step++) {
    const next = changesOf(scene, best.counts)
      .map((counts) => evaluated(scene, counts))
      .reduce(cheaper, best);
    if (next === best) break;
    best = next;
  }
  return withInstances(question.scene, best.counts);
};

interface SearchScene extends CountsQuestion {
  /** Committed columns that carry: whole units, and replicas on shared instances. */
  readonly choices: readonly number[];
  readonly nothing: readonly number[];
  /** By hour: the configurations that carry it, the cheapest first. */
  readonly ways: readonly (readonly Configuration[])[];
  /** By choice: counts that some configuration asks for. */
  readonly levels: readonly (readonly number[])[];
}

const searchOf = (question: CountsQuestion): SearchScene => {
  const { scene, weights, configurations } = question;
  const instances = new Set(scene.pools.map((pool) => pool.instances));
  const isUsed = (column: number) => configurations.some(({ counts }) => (counts[column] ?? 0) > 0);
  const choices = scene.columns.flatMap(({ committed }, column) => (committed && !instances.has(column) && isUsed(column) ? [column] : []));
  const cheapestFirst = configurations.toSorted((a, b) => a.hourlyUsd - b.hourlyUsd);
  return {
    ...question,
    choices,
    nothing: scene.columns.map(() => 0),
    ways: weights.map((_, hour) => cheapestFirst.filter(({ carries }) => carries.has(hour))),
    levels: choices.map((column) =>
      [...new Set([0, ...configurations.map(({ counts }) => counts[column] ?? 0)])].toSorted((a, b) => a - b),
    ),
  };
};

interface Evaluated {
  readonly counts: readonly number[];
  readonly cost: number;
}

const cheaper = (one: Evaluated, other: Evaluated): Evaluated => (other.cost < one.cost - 1e-9 ? other : one);

const evaluated = ({ scene, weights, choices, ways }: SearchScene, counts: readonly number[]): Evaluated => {
  const whole = withInstances(scene, counts);
  let cost = committedUsd(scene, whole);
  for (let hour = 0; hour < weights.length; hour++) {
    const way = ways[hour]?.find((one) => choices.every((column) => (one.counts[column] as number) <= (counts[column] as number)));
    if (!way) return { counts, cost: Number.POSITIVE_INFINITY };
    cost += (weights[hour] as number) * way.hourlyUsd;
  }
  return { counts, cost };
};

/** Dollars an hour for commitments. */
export const committedUsd = ({ columns }: HourScene, counts: readonly number[]): number =>
  columns.reduce((sum, { committed, price }, column) => (committed && counts[column] ? sum + toUsd(price) * counts[column] : sum), 0);

/** As many instances of each committed pool as its replicas need. */
export const withInstances = ({ pools, columns }: HourScene, counts: readonly number[]): readonly number[] => {
  const whole = [...counts];
  for (const { instances, accelerators, replicas } of pools) {
    if (!columns[instances]?.committed) continue;
    const used = replicas.reduce((sum, { column, size }) => sum + size * (counts[column] ?? 0), 0);
    whole[instances] = Math.ceil(used / accelerators - 1e-9);
  }
  return whole;
};

/** What each configuration asks for. */
const asksOf = ({ configurations, choices, nothing }: SearchScene): (readonly number[])[] => {
  const asked = new Map<string, readonly number[]>();
  for (const { counts } of configurations) {
    const own = nothing.map((_, column) => (choices.includes(column) ? (counts[column] ?? 0) : 0));
    asked.set(own.join(" "), own);
  }
  return [...asked.values()];
};

/** One count moved to another level, or all raised to what a configuration asks for. */
const changesOf = (scene: SearchScene, counts: readonly number[]): (readonly number[])[] => [
  ...scene.choices.flatMap((column, at) =>
    (scene.levels[at] ?? []).filter((level) => level !== counts[column]).map((level) => counts.with(column, level)),
  ),
  ...asksOf(scene).map((asked) => asked.map((count, column) => Math.max(count, counts[column] ?? 0))),
];

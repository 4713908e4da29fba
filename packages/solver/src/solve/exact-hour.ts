import { type Choice, chosen, type HourChoices, type Ranked } from "./hour-choices.ts";
import type { Pair } from "./hour-pair.ts";

/** Something to carry an hour's load with. */
export interface HourItem {
  readonly price: number;
  /** Share of the busiest hour that one carries. */
  readonly capacity: number;
  /** Accelerators by which one lifts spot over its share; below 0 it makes room for spot. */
  readonly adds: number;
}

export interface HourNeed {
  readonly missing: number;
  readonly over: number;
}

export interface ExactHour {
  /** No whole choice costs less. */
  readonly lower: number;
  readonly cost: number;
  /** By item. */
  readonly counts: readonly number[];
}

export interface HourQuestion {
  readonly choices: HourChoices;
  readonly need: HourNeed;
  /** Beyond so many choices the cheapest one still open is the bound. */
  readonly mostChoices: number;
}

const dust = 1e-9;

/**
 * The cheapest whole items for one hour of a service with one class.
 *
 *   minimise Σ p · n,   Σ capacity · n ≥ missing,   Σ adds · n ≤ −over,   n whole
 *
 * With prices v of load and μ of the share any choice costs v · missing + μ · over + Σ r · n and more, r = p − v · capacity +
 * μ · adds ≥ 0. Choices of all but two items are taken in the order of Σ r · n, and each is completed with those two exactly;
 * once Σ r · n alone is dearer than the best, nothing cheaper is left.
 */
export const exactHour = ({ choices, need, mostChoices }: HourQuestion): ExactHour | undefined => {
  const { items, prices, base, complete } = choices;
  if (need.missing <= dust && need.over <= dust) return { lower: 0, cost: 0, counts: items.map(() => 0) };
  if (!base) return undefined;
  const relaxed = prices.load * need.missing + prices.share * need.over;
  let best: Completed | undefined;
  let lower = Number.POSITIVE_INFINITY;
  for (let position = 0; ; position++) {
    const choice = choices.at(position);
    if (!choice) break;
    const least = relaxed + choice.above;
    if (position >= mostChoices || (best && least >= best.cost - dust)) {
      lower = least;
      break;
    }
    const below = best ? best.cost - dust - choice.spent : Number.POSITIVE_INFINITY;
    const pair = complete({ missing: need.missing - choice.capacity, over: need.over + choice.adds, below });
    if (pair) best = { cost: choice.spent + pair.cost, choice, pair };
  }
  return best && { lower: Math.min(best.cost, lower), cost: best.cost, counts: countsOf(choices, best) };
};

interface Completed {
  readonly cost: number;
  readonly choice: Choice;
  readonly pair: Pair;
}

const countsOf = ({ items, base, beside, others }: HourChoices, { choice, pair }: Completed): number[] => {
  const counts = items.map(() => 0);
  const add = (one: Ranked | undefined, count: number) => {
    if (one) counts[one.index] = (counts[one.index] ?? 0) + count;
  };
  add(base, pair.base);
  add(beside, pair.beside);
  for (const last of chosen(choice)) add(others[last], 1);
  return counts;
};

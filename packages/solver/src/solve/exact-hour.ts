import { type Choice, chosen, type HourChoices, type Ranked } from "./hour-choices.ts";

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
  const { items, prices, base, beside } = choices;
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
    const left = { missing: need.missing - choice.capacity, over: need.over + choice.adds };
    const pair = cheapestPair(base.item, beside?.item, { ...left, below: best ? best.cost - dust - choice.spent : Number.POSITIVE_INFINITY });
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

interface Pair {
  readonly base: number;
  readonly beside: number;
  readonly cost: number;
}

interface PairQuestion extends HourNeed {
  /** What costs as much or more is of no use. */
  readonly below: number;
}

/** Every count of the one, from the relaxation's outward, until the fraction of the other alone makes it dearer. */
const cheapestPair = (base: HourItem, beside: HourItem | undefined, { missing, over, below }: PairQuestion): Pair | undefined => {
  const { price = 0, capacity = 0, adds = 0 } = beside ?? {};
  const fraction = (count: number): number => {
    const stillOver = over + count * adds;
    const forShare = base.adds < 0 ? stillOver / -base.adds : stillOver > dust ? Number.POSITIVE_INFINITY : 0;
    return Math.max(0, (missing - count * capacity) / base.capacity, forShare);
  };
  const least = (count: number): number => count * price + Math.max(0, fraction(count) - dust) * base.price;
  let best: Pair | undefined;
  const tried = (count: number): boolean => {
    if (least(count) >= (best?.cost ?? below)) return false;
    const whole = Math.ceil(fraction(count) - dust);
    const cost = count * price + whole * base.price;
    if (cost < (best?.cost ?? below)) best = { base: whole, beside: count, cost };
    return true;
  };
  const most = beside ? Math.max(0, Math.ceil(missing / capacity), adds < 0 ? Math.ceil(over / -adds) : 0) : 0;
  const start = most === 0 ? 0 : Math.ceil(turningPoint(least, most, bends(base, { capacity, adds }, { missing, over })));
  for (let count = start; count <= most && tried(count); count++);
  for (let count = start - 1; count >= 0 && tried(count); count--);
  return best;
};

/** Counts of the other at which the fraction's rule changes: where load and share ask for as much, and where either asks for nothing. */
const bends = (base: HourItem, { capacity, adds }: Pick<HourItem, "capacity" | "adds">, { missing, over }: HourNeed): readonly number[] => {
  const makesRoom = -base.adds;
  const both = (missing * makesRoom - over * base.capacity) / (capacity * makesRoom + adds * base.capacity);
  return [both, missing / capacity, -over / adds];
};

/** Where a convex function of straight pieces is least, up to so many: at an end or at a bend. */
const turningPoint = (value: (at: number) => number, most: number, at: readonly number[]): number => {
  let [turning, least] = [0, value(0)];
  for (const bend of at) {
    const within = Math.min(most, Math.max(0, bend));
    const here = value(within);
    if (here < least) [turning, least] = [within, here];
  }
  return turning;
};

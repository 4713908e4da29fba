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
  readonly items: readonly HourItem[];
  readonly need: HourNeed;
  readonly prices: HourPrices;
  /** Beyond so many choices the cheapest one still open is the bound. */
  readonly mostChoices: number;
}

/** What a unit of load, and an accelerator over the spot share, is worth in the relaxation; `value` is the relaxation's. */
export interface HourPrices {
  readonly load: number;
  readonly share: number;
  readonly value: number;
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
export const exactHour = ({ items, need, prices, mostChoices }: HourQuestion): ExactHour | undefined => {
  if (need.missing <= dust && need.over <= dust) return { lower: 0, cost: 0, counts: items.map(() => 0) };
  const order = ranked(items, prices);
  const { base, beside, others } = order;
  if (!base) return undefined;
  let best: Completed | undefined;
  let lower = Number.POSITIVE_INFINITY;
  const open: Choice[] = [{ above: 0, spent: 0, ...need, last: -1, before: undefined }];
  for (let choices = 0; open.length > 0; choices++) {
    const choice = takeLeast(open);
    const least = prices.value + choice.above;
    if (choices >= mostChoices || (best && least >= best.cost - dust)) {
      lower = least;
      break;
    }
    const pair = cheapestPair(base.item, beside?.item, choice);
    if (pair && (!best || choice.spent + pair.cost < best.cost - dust)) best = { cost: choice.spent + pair.cost, choice, pair };
    for (const next of nextChoices(others, choice)) insert(open, next);
  }
  return best && { lower: Math.min(best.cost, lower), cost: best.cost, counts: countsOf(items.length, order, best) };
};

const countsOf = (length: number, { base, beside, others }: ReturnType<typeof ranked>, { choice, pair }: Completed): number[] => {
  const counts = Array.from({ length }, () => 0);
  const add = (one: Ranked | undefined, count: number) => {
    if (one) counts[one.index] = (counts[one.index] ?? 0) + count;
  };
  add(base, pair.base);
  add(beside, pair.beside);
  for (const last of chosen(choice)) add(others[last], 1);
  return counts;
};

interface Ranked {
  readonly item: HourItem;
  readonly index: number;
  /** r, what one costs above what it is worth. */
  readonly above: number;
}

/** The two that complete every choice are the cheapest that makes room for spot and the cheapest spot, where there is any. */
const ranked = (items: readonly HourItem[], prices: HourPrices) => {
  const all = items
    .map(
      (item, index): Ranked => ({ item, index, above: Math.max(0, item.price - prices.load * item.capacity + prices.share * item.adds) }),
    )
    .toSorted((a, b) => a.above - b.above || a.index - b.index);
  const base = all.find(({ item }) => item.adds < 0) ?? all[0];
  const beside = all.find((one) => one !== base && one.item.adds > 0) ?? all.find((one) => one !== base);
  return { base, beside, others: all.filter((one) => one !== base && one !== beside) };
};

interface Completed {
  readonly cost: number;
  readonly choice: Choice;
  readonly pair: Pair;
}

/** The first items, one by one, in the order of their rank. */
interface Choice extends HourNeed {
  readonly above: number;
  readonly spent: number;
  readonly last: number;
  readonly before: Choice | undefined;
}

const chosen = ({ last, before }: Choice): number[] => (before ? [last, ...chosen(before)] : []);

/** One more of the last item, or the next item in its place: every choice comes up once. */
const nextChoices = (others: readonly Ranked[], choice: Choice): Choice[] => {
  const next: Choice[] = [];
  const grows = choice.missing > dust || choice.over > dust;
  if (grows) next.push(...withItem(others, choice, Math.max(0, choice.last)));
  if (choice.before) next.push(...withItem(others, choice.before, choice.last + 1));
  return next;
};

const withItem = (others: readonly Ranked[], before: Choice, at: number): Choice[] => {
  const one = others[at];
  if (!one) return [];
  return [
    {
      above: before.above + one.above,
      spent: before.spent + one.item.price,
      missing: before.missing - one.item.capacity,
      over: before.over + one.item.adds,
      last: at,
      before,
    },
  ];
};

interface Pair {
  readonly base: number;
  readonly beside: number;
  readonly cost: number;
}

/** Every count of the one, from the relaxation's outward, until the fraction of the other alone makes it dearer. */
const cheapestPair = (base: HourItem, beside: HourItem | undefined, { missing, over }: HourNeed): Pair | undefined => {
  const fraction = (count: number): number => {
    const [left, stillOver] = [missing - count * (beside?.capacity ?? 0), over + count * (beside?.adds ?? 0)];
    const forShare = base.adds < 0 ? stillOver / -base.adds : stillOver > dust ? Number.POSITIVE_INFINITY : 0;
    return Math.max(0, left / base.capacity, forShare);
  };
  const least = (count: number): number => count * (beside?.price ?? 0) + Math.max(0, fraction(count) - dust) * base.price;
  let best: Pair | undefined;
  const tried = (count: number): boolean => {
    if (best && least(count) >= best.cost) return false;
    const whole = Math.ceil(fraction(count) - dust);
    const cost = count * (beside?.price ?? 0) + whole * base.price;
    if (Number.isFinite(cost) && (!best || cost < best.cost)) best = { base: whole, beside: count, cost };
    return true;
  };
  if (!beside) {
    tried(0);
    return best;
  }
  const most = Math.max(0, Math.ceil(missing / beside.capacity), beside.adds < 0 ? Math.ceil(over / -beside.adds) : 0);
  const start = Math.min(most, turningPoint(least, most));
  for (let count = start; count <= most && tried(count); count++);
  for (let count = start - 1; count >= 0 && tried(count); count--);
  return best;
};

/** Where a convex function of whole numbers is least. */
const turningPoint = (value: (at: number) => number, most: number): number => {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (value(middle) <= value(middle + 1)) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** A binary heap by `above`; of equals, the one that came first is not promised, but the same run gives the same order. */
const insert = (heap: Choice[], choice: Choice): void => {
  let at = heap.length;
  heap.push(choice);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent] as Choice;
    if (above.above <= choice.above) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = choice;
};

const takeLeast = (heap: Choice[]): Choice => {
  const least = heap[0] as Choice;
  const last = heap.pop() as Choice;
  if (heap.length === 0) return least;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && (heap[child + 1] as Choice).above < (heap[child] as Choice).above) child++;
    if ((heap[child] as Choice).above >= last.above) break;
    heap[at] = heap[child] as Choice;
    at = child;
  }
  heap[at] = last;
  return least;
};

/**
 * The relaxation's prices. For a given price of the share the load is worth what its cheapest item asks; the value is concave
 * in the price of the share, so halving finds its highest point. Any prices are valid, only the best ones tight.
 */
export const hourPrices = (items: readonly HourItem[], { missing, over }: HourNeed): HourPrices => {
  const at = (share: number): HourPrices => {
    const load =
      missing > 0 ? items.reduce((least, { price, capacity, adds }) => Math.min(least, (price + share * adds) / capacity), 1e12) : 0;
    return { load: Math.max(0, load), share, value: Math.max(0, load) * missing + share * over };
  };
  let [low, high] = [0, items.reduce((least, { price, adds }) => (adds < 0 ? Math.min(least, price / -adds) : least), 1e12)];
  if (!items.some(({ adds }) => adds !== 0)) return at(0);
  for (let step = 0; step < halvings; step++) {
    const [left, right] = [at(low + (high - low) / 3), at(high - (high - low) / 3)];
    if (left.value < right.value) low = left.share;
    else high = right.share;
  }
  return at((low + high) / 2);
};

const halvings = 30;

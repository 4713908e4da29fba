import type { HourItem, HourNeed } from "./exact-hour.ts";
import { cheapestPair } from "./hour-pair.ts";
import type { HourPrices } from "./hour-prices.ts";

/** The first items, one by one, in the order of their rank. */
export interface Choice {
  readonly above: number;
  readonly spent: number;
  readonly capacity: number;
  readonly adds: number;
  readonly last: number;
  readonly before: Choice | undefined;
}

export interface Ranked {
  readonly item: HourItem;
  readonly index: number;
  /** r, what one costs above what it is worth. */
  readonly above: number;
}

/** Choices of all items but two, in the order of what they cost above their worth; made as far as they are read. */
export interface HourChoices {
  readonly items: readonly HourItem[];
  readonly prices: Pick<HourPrices, "load" | "share">;
  /** The two that complete every choice: the cheapest that makes room for spot and the cheapest spot, where there is any. */
  readonly base: Ranked | undefined;
  readonly beside: Ranked | undefined;
  readonly others: readonly Ranked[];
  readonly at: (position: number) => Choice | undefined;
  readonly complete: ReturnType<typeof cheapestPair>;
}

interface ChoicesAsked {
  readonly items: readonly HourItem[];
  readonly prices: HourPrices;
  /** No hour that the choices are for needs more. */
  readonly atMost: HourNeed;
}

const dust = 1e-9;

/**
 * The same for every hour that has these items and prices: what is missing in it is no part of the choices. From each follow one
 * more of its last item, or the next item in that one's place, so every choice comes up once.
 */
export const hourChoices = ({ items, prices, atMost }: ChoicesAsked): HourChoices => {
  const ranking = ranked(items, prices);
  const made: Choice[] = [];
  const open: Choice[] = [{ above: 0, spent: 0, capacity: 0, adds: 0, last: -1, before: undefined }];
  const isShort = ({ capacity, adds }: Choice) => atMost.missing - capacity > dust || atMost.over + adds > dust;
  const at = (position: number): Choice | undefined => {
    while (made.length <= position && open.length > 0) {
      const choice = takeLeast(open);
      made.push(choice);
      const more = isShort(choice) ? withItem(ranking.others, choice, Math.max(0, choice.last)) : [];
      const instead = choice.before ? withItem(ranking.others, choice.before, choice.last + 1) : [];
      for (const next of [...more, ...instead]) insert(open, next);
    }
    return made[position];
  };
  const { base, beside } = ranking;
  const complete = base ? cheapestPair(base.item, beside?.item) : () => undefined;
  return { items, prices, ...ranking, at, complete };
};

/** By item: how many of each, of the others. */
export const chosen = ({ last, before }: Choice): number[] => (before ? [last, ...chosen(before)] : []);

const ranked = (items: readonly HourItem[], prices: HourPrices): Pick<HourChoices, "base" | "beside" | "others"> => {
  const all = items
    .map(
      (item, index): Ranked => ({ item, index, above: Math.max(0, item.price - prices.load * item.capacity + prices.share * item.adds) }),
    )
    .toSorted((a, b) => a.above - b.above || a.index - b.index);
  const base = all.find(({ item }) => item.adds < 0) ?? all[0];
  const beside = all.find((one) => one !== base && one.item.adds > 0) ?? all.find((one) => one !== base);
  return { base, beside, others: all.filter((one) => one !== base && one !== beside) };
};

const withItem = (others: readonly Ranked[], before: Choice, at: number): Choice[] => {
  const one = others[at];
  if (!one) return [];
  return [
    {
      above: before.above + one.above,
      spent: before.spent + one.item.price,
      capacity: before.capacity + one.item.capacity,
      adds: before.adds + one.item.adds,
      last: at,
      before,
    },
  ];
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

/** What can be had of one zone: how much it carries, for how much. */
export interface Option {
  readonly capacity: number;
  readonly cost: number;
  /** How it came about: one option and so many of an item more. */
  readonly before: Option | undefined;
  readonly item: number;
  readonly count: number;
}

export interface OptionItem {
  readonly price: number;
  readonly capacity: number;
  readonly most: number;
  /** Where it stands among the items of the hour. */
  readonly index: number;
}

export interface OptionQuestion {
  readonly items: readonly OptionItem[];
  /** More than this is of no use: of the options that carry it the cheapest is the last. */
  readonly enough: number;
  /** What a unit of capacity is worth there, and how much an option may cost above its worth to be of use. */
  readonly worth: number;
  readonly room: number;
}

export interface Options {
  /** Cheapest first, beginning with nothing. */
  readonly options: readonly Option[];
  /** Every choice of whole items has an option that carries as much and costs at most this more. */
  readonly slack: number;
}

/** Where there are more, those of nearly the same cost become the one of them that carries most. */
const mostOptions = 600;

/** The choices of whole items that no other one beats in what it carries and costs. */
export const paretoOptions = ({ items, enough, worth, room }: OptionQuestion): Options => {
  let options: readonly Option[] = [nothing];
  let slack = 0;
  if (enough <= dust) return { options, slack };
  const limits: Limits = { enough, isUseful: ({ cost, capacity }) => cost - worth * capacity < room };
  const ordered = items
    .filter(({ price, capacity }) => price - worth * capacity < room)
    .toSorted((a, b) => a.price / a.capacity - b.price / b.capacity || a.index - b.index);
  for (const item of ordered) {
    options = Number.isFinite(item.most) ? withLimited(options, item, limits) : withUnlimited(options, item, limits);
    if (options.length <= mostOptions) continue;
    const step = (options.at(-1)?.cost ?? 0) / mostOptions;
    options = coarser(options, step);
    slack += step;
  }
  return { options, slack };
};

const dust = 1e-9;

const nothing: Option = { capacity: 0, cost: 0, before: undefined, item: -1, count: 0 };

export const countsInto = (counts: number[], option: Option): void => {
  for (let at: Option | undefined = option; at?.before; at = at.before) counts[at.item] = (counts[at.item] ?? 0) + at.count;
};

const plus = (before: Option, { price, capacity, index }: OptionItem, count: number): Option => ({
  capacity: before.capacity + count * capacity,
  cost: before.cost + count * price,
  before,
  item: index,
  count,
});

interface Limits {
  readonly enough: number;
  readonly isUseful: (option: Option) => boolean;
}

/** Two lists in the order of cost become one without what is beaten; the second may grow while the first is read. */
const withUnlimited = (old: readonly Option[], item: OptionItem, { enough, isUseful }: Limits): readonly Option[] => {
  const merged: Option[] = [];
  let [fromOld, fromMerged] = [0, 0];
  for (;;) {
    const stays = old[fromOld];
    const source = merged[fromMerged];
    const grows = source && plus(source, item, 1);
    const next = !grows || (stays && stays.cost <= grows.cost) ? stays : grows;
    if (!next) return merged;
    if (next === stays) fromOld++;
    else fromMerged++;
    if (isBeaten(merged, next) || !isUseful(next)) continue;
    merged.push(next);
    if (next.capacity >= enough - dust) return merged;
  }
};

const isBeaten = (merged: readonly Option[], { capacity }: Option): boolean => {
  const last = merged.at(-1);
  return last !== undefined && capacity <= last.capacity + dust;
};

/** Counts up to the limit are sums of 1, 2, 4 … and a rest, each taken or not. */
const withLimited = (old: readonly Option[], item: OptionItem, { enough, isUseful }: Limits): readonly Option[] => {
  let options = old;
  let left = Math.min(item.most, Math.ceil(enough / item.capacity));
  for (let bundle = 1; left > 0; bundle *= 2) {
    const count = Math.min(bundle, left);
    left -= count;
    options = merge(options, options.map((option) => plus(option, item, count)).filter(isUseful), enough);
  }
  return options;
};

const merge = (first: readonly Option[], second: readonly Option[], enough: number): readonly Option[] => {
  const merged: Option[] = [];
  for (const next of [...first, ...second].toSorted((a, b) => a.cost - b.cost || b.capacity - a.capacity)) {
    if (isBeaten(merged, next)) continue;
    merged.push(next);
    if (next.capacity >= enough - dust) break;
  }
  return merged;
};

/** Runs of options within a step of cost become their last one. */
const coarser = (options: readonly Option[], step: number): readonly Option[] => {
  let from = 0;
  return options.filter((_, position) => {
    const next = options[position + 1];
    const isLast = position === 0 || !next || next.cost - (options[from]?.cost ?? 0) > step;
    if (isLast) from = position + 1;
    return isLast;
  });
};

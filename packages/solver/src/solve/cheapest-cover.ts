/** Something to cover a need with. */
export interface CoverChoice {
  readonly price: number;
  readonly capacity: number;
  readonly most: number;
}

export interface Cover {
  readonly cost: number;
  /** No whole cover costs less. */
  readonly lower: number;
  /** By item. */
  readonly counts: readonly number[];
}

export interface CoverQuestion {
  readonly items: readonly CoverChoice[];
  readonly need: number;
  /** Only a cover cheaper than this is of use. */
  readonly below: number;
  /** A cover at most this much above the least will do. */
  readonly tolerance: number;
}

/** Beyond so many nodes the cheapest one still open is the bound. */
const mostNodes = 3000;

const dust = 1e-9;

/**
 * The cheapest whole items that cover a need, by depth-first search below what a fraction of the rest would cost.
 *
 *   minimise Σ price · n,   Σ capacity · n ≥ need,   n ∈ {0 … most}
 *
 * Without counts where nothing is found below the limit; `lower` then still holds up to the limit.
 */
export const cheapestCover = ({ items, need, below, tolerance }: CoverQuestion): Omit<Cover, "counts"> & Partial<Cover> => {
  if (need <= dust) return { cost: 0, lower: 0, counts: items.map(() => 0) };
  const order = items
    .map(({ price, capacity, most }, index) => ({ price, most, index, capacity: Math.min(capacity, need) }))
    .filter(({ capacity, most }) => capacity > dust && most > 0)
    .toSorted((a, b) => a.price / a.capacity - b.price / b.capacity || b.capacity - a.capacity || a.index - b.index);
  const chosen = order.map(() => 0);
  let best: { readonly cost: number; readonly chosen: readonly number[] } | undefined;
  let [limit, open, nodes] = [below - tolerance, Number.POSITIVE_INFINITY, 0];
  const search = (position: number, left: number, spent: number): void => {
    if (left <= dust) {
      if (spent < limit) {
        best = { cost: spent, chosen: [...chosen] };
        limit = spent - tolerance;
      }
      return;
    }
    const least = spent + fractionOf(order, position, left);
    if (least >= limit) return;
    if (nodes++ > mostNodes) {
      open = Math.min(open, least);
      return;
    }
    const item = order[position];
    if (!item) return;
    for (let count = Math.min(item.most, Math.ceil(left / item.capacity - dust)); count >= 0; count--) {
      chosen[position] = count;
      search(position + 1, left - count * item.capacity, spent + count * item.price);
    }
    chosen[position] = 0;
  };
  search(0, need, 0);
  const lower = Math.min(open, limit);
  if (!best) return { cost: Number.POSITIVE_INFINITY, lower };
  const counts = items.map(() => 0);
  for (const [position, count] of best.chosen.entries()) counts[order[position]?.index ?? -1] = count;
  return { cost: best.cost, lower, counts };
};

/** What the rest of a need costs where items may be cut. */
const fractionOf = (order: readonly CoverChoice[], from: number, need: number): number => {
  let [left, cost] = [need, 0];
  for (let position = from; position < order.length; position++) {
    const { price, capacity, most } = order[position] as CoverChoice;
    if (most * capacity >= left - dust) return cost + (left / capacity) * price;
    cost += most * price;
    left -= most * capacity;
  }
  return Number.POSITIVE_INFINITY;
};

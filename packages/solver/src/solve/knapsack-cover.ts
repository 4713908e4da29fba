/** Something to cover a need with: what one costs, how much of the need it covers, how many there are. */
export interface CoverItem {
  readonly price: number;
  readonly worth: number;
  readonly most: number;
}

/** Beyond so many nodes the fractional bound is returned. */
const mostNodes = 3000;

/**
 * A lower bound on the cost of covering a need with whole items: the optimum where the search ends, else the fractional one.
 *
 *   minimise Σ price · n,   Σ worth · n ≥ need,   n ∈ {0 … most}
 */
export const coverBound = (items: readonly CoverItem[], need: number): number => {
  if (need <= 1e-12) return 0;
  const useful = undominated(items.filter(({ worth }) => worth > 0)).toSorted((a, b) => a.price / a.worth - b.price / b.worth);
  const fractional = fractionalFrom(useful, 0, need);
  if (!Number.isFinite(fractional)) return Number.POSITIVE_INFINITY;
  let best = greedy(useful, need);
  let nodes = 0;
  const search = (position: number, left: number, spent: number): void => {
    if (left <= 1e-9) {
      best = Math.min(best, spent);
      return;
    }
    const item = useful[position];
    if (!item || nodes++ > mostNodes || spent + fractionalFrom(useful, position, left) >= best - 1e-9) return;
    const whole = Math.min(item.most, Math.ceil(left / item.worth - 1e-9));
    for (let count = whole; count >= 0 && nodes <= mostNodes; count--)
      search(position + 1, left - count * item.worth, spent + count * item.price);
  };
  search(0, need, 0);
  return nodes > mostNodes ? fractional : best;
};

const undominated = (items: readonly CoverItem[]): CoverItem[] =>
  items.filter(
    (item, index) =>
      !items.some((other, otherIndex) => {
        if (other === item || Number.isFinite(other.most) || other.price > item.price || other.worth < item.worth) return false;
        return other.price < item.price || other.worth > item.worth || otherIndex < index;
      }),
  );

const fractionalFrom = (items: readonly CoverItem[], from: number, need: number): number => {
  let [left, cost] = [need, 0];
  for (let position = from; position < items.length && left > 0; position++) {
    const { price, worth, most } = items[position] as CoverItem;
    const count = Math.min(most, left / worth);
    cost += count * price;
    left -= count * worth;
  }
  return left > 1e-9 ? Number.POSITIVE_INFINITY : cost;
};

/** Some whole cover, for a first limit. */
const greedy = (items: readonly CoverItem[], need: number): number =>
  items.reduce((best, { price, worth, most }) => {
    const count = Math.ceil(need / worth - 1e-9);
    return count <= most ? Math.min(best, count * price) : best;
  }, Number.POSITIVE_INFINITY);

/** By row and unit: what one unit adds to the row; whole units carry a load where every row reaches it. */
export type CoverRows = readonly (readonly number[])[];

/** Beyond so many trees of ties the mix row alone is taken. */
const mostTrees = 5000;

/**
 * Whether units carry a load of several classes, without routing it.
 *
 *   given     a_uk   share of class k in its busiest hour that one unit of u carries when it serves nothing else
 *   routable  shares of the classes exist that fit on n_u units  ⇔  Σ_u n_u · max_k v_k · a_uk ≥ load · Σ_k v_k for all prices v ≥ 0
 *
 * The left side is linear in v between ties v_j · a_uj = v_k · a_uk, so the prices at which ties connect all classes that have
 * one suffice: one row for each. With too many classes the service's own mix on every unit is the one row: it suffices too, but
 * asks for more than is needed.
 */
export const coverRows = (capacities: readonly (readonly number[])[]): CoverRows => {
  const kinds = distinctKinds(capacities);
  const classes = capacities[0]?.length ?? 0;
  if (treesOf(kinds.length, classes) > mostTrees)
    return [capacities.map((ofUnit) => 1 / ofUnit.reduce((sum, capacity) => sum + 1 / capacity, 0))];
  return tiedPrices(kinds, classes).map((prices) => {
    const total = prices.reduce((sum, price) => sum + price, 0);
    return capacities.map((ofUnit) => highest(ofUnit, prices) / total);
  });
};

/** Whether the rows ask for no more than is needed. */
export const isExactlyCovered = (capacities: readonly (readonly number[])[]): boolean =>
  treesOf(distinctKinds(capacities).length, capacities[0]?.length ?? 0) <= mostTrees;

const treesOf = (kinds: number, classes: number): number => classes ** Math.max(0, classes - 2) * kinds ** Math.max(0, classes - 1);

type Prices = readonly number[];

const highest = (capacities: readonly number[], prices: Prices): number =>
  capacities.reduce((most, capacity, at) => Math.max(most, capacity * (prices[at] ?? 0)), 0);

/** Units whose capacities differ by a factor tie at the same prices. */
const distinctKinds = (capacities: readonly (readonly number[])[]): readonly (readonly number[])[] => {
  const kinds = new Map<string, readonly number[]>();
  for (const ofUnit of capacities) {
    const key = ofUnit.map((capacity) => (capacity / (ofUnit[0] || 1)).toPrecision(9)).join(" ");
    if (!kinds.has(key)) kinds.set(key, ofUnit);
  }
  return [...kinds.values()];
};

interface Tie {
  readonly capacities: readonly number[];
  readonly value: number;
}

/** Prices that grow by ties from the first class that has one, each tie with the unit's best use; the other classes keep 0. */
const tiedPrices = (kinds: readonly (readonly number[])[], classes: number): Prices[] => {
  const found = new Map<string, Prices>();
  const grow = (prices: Prices, first: number, ties: readonly Tie[]): void => {
    if (ties.some(({ capacities, value }) => highest(capacities, prices) > value * (1 + 1e-9))) return;
    found.set(prices.map((price) => price.toPrecision(9)).join(" "), prices);
    for (const next of tiesFrom(kinds, prices, first)) grow(next.prices, first, [...ties, next.tie]);
  };
  for (let first = 0; first < classes; first++)
    grow(
      Array.from({ length: classes }, (_, at) => (at === first ? 1 : 0)),
      first,
      [],
    );
  return [...found.values()];
};

/** One more class after the first gets the price at which some unit would as soon serve it as a class that has one. */
const tiesFrom = (kinds: readonly (readonly number[])[], prices: Prices, first: number): { readonly prices: Prices; readonly tie: Tie }[] =>
  kinds.flatMap((capacities) =>
    prices.flatMap((price, from) =>
      prices.flatMap((open, to) => {
        const [value, other] = [price * (capacities[from] ?? 0), capacities[to] ?? 0];
        if (open > 0 || to <= first || !(value > 0) || !(other > 0)) return [];
        return [{ prices: prices.with(to, value / other), tie: { capacities, value } }];
      }),
    ),
  );

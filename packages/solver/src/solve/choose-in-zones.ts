/** The options of a zone: what each covers and costs, cheapest first, the first one nothing. */
export interface ZoneChoice {
  readonly covers: readonly number[];
  readonly costs: readonly number[];
}

export interface ZonesQuestion {
  readonly zones: readonly ZoneChoice[];
  readonly need: number;
  /** Only what costs less is of use. */
  readonly limit: number;
  readonly tolerance: number;
  /** A price of cover to begin with: any is valid, one near the best soon shows what is of no use. */
  readonly guess: number;
}

export interface ChosenInZones {
  /** No choice costs less, up to the limit. */
  readonly lower: number;
  readonly best: { readonly cost: number; readonly chosen: readonly number[] } | undefined;
  /** What a unit of cover is worth in the relaxation. */
  readonly price: number;
}

/** Where there are more, states of nearly the same cost become the one of them that covers most. */
const mostStates = 100;

const dust = 1e-9;

/**
 * One option of every zone, so that together they cover a need at the least cost.
 *
 * With any price v of cover a choice costs v · need + Σ_z min_o (cost − v · cover) + Σ r and more, where r ≥ 0 is what the
 * option taken is above its zone's least: what is above the limit so far is left out. Zone by zone those choices are kept that
 * no other one beats in what it covers and costs.
 */
export const chooseInZones = ({ zones, need, limit: given, tolerance, guess }: ZonesQuestion): ChosenInZones => {
  const mosts = zones.map(({ covers }) => covers.at(-1) ?? 0);
  if (sum(mosts) < need - dust) return { lower: Number.POSITIVE_INFINITY, best: undefined, price: guess };
  const guessed = guess * need + sum(leastsAt(zones, guess));
  if (guessed >= given) return { lower: guessed, best: undefined, price: guess };
  const { price, filled } = bestPrice(zones, need, guess);
  const leasts = leastsAt(zones, price);
  const relaxed = price * need + sum(leasts);
  const filledCost = sum(filled.map((at, zone) => zones[zone]?.costs[at] ?? 0));
  const first = filledCost < given ? { cost: filledCost, chosen: filled } : undefined;
  const limit = first ? first.cost - tolerance : given;
  if (relaxed >= limit) return { lower: relaxed, best: first, price };
  const { found, slack } = throughZones({ zones, need, price, leasts, relaxed, limit });
  const best = found ? { cost: found.cost, chosen: chosenIn(found, zones.length) } : first;
  return { best, price, lower: Math.max(relaxed, Math.min(limit, found?.cost ?? limit) - slack) };
};

interface State {
  readonly cover: number;
  readonly cost: number;
  /** Σ r so far. */
  readonly above: number;
  readonly before: State | undefined;
  readonly zone: number;
  readonly option: number;
}

interface Walk {
  readonly zones: readonly ZoneChoice[];
  readonly need: number;
  readonly price: number;
  readonly leasts: readonly number[];
  readonly relaxed: number;
  readonly limit: number;
}

const throughZones = ({ zones, need, price, leasts, relaxed, limit }: Walk): { found: State | undefined; slack: number } => {
  const opens = zones.map(({ covers, costs }, zone) =>
    covers.flatMap((cover, option) => {
      const cost = costs[option] ?? 0;
      const above = Math.max(0, cost - price * cover - (leasts[zone] ?? 0));
      return relaxed + above < limit ? [{ cover, cost, above, option, zone }] : [];
    }),
  );
  const order = zones.map((_, zone) => zone).toSorted((a, b) => (opens[b]?.length ?? 0) - (opens[a]?.length ?? 0) || a - b);
  const most = order.map((zone) => Math.max(0, ...(opens[zone] ?? []).map(({ cover }) => cover)));
  let left = sum(most);
  let states: readonly State[] = [{ cover: 0, cost: 0, above: 0, before: undefined, zone: -1, option: 0 }];
  let slack = 0;
  for (const [position, zone] of order.entries()) {
    left -= most[position] ?? 0;
    const grown = states.flatMap((state) =>
      (opens[zone] ?? []).flatMap((open) => {
        const above = state.above + open.above;
        const cover = state.cover + open.cover;
        if (relaxed + above >= limit || cover + left < need - dust) return [];
        return [{ cover, cost: state.cost + open.cost, above, before: state, zone, option: open.option }];
      }),
    );
    states = unbeaten(grown, need);
    if (states.length <= mostStates) continue;
    const step = ((states.at(-1)?.cost ?? 0) - (states[0]?.cost ?? 0)) / mostStates;
    states = coarser(states, step);
    slack += step;
  }
  return { found: states.find(({ cover, cost }) => cover >= need - dust && cost < limit), slack };
};

const unbeaten = (states: State[], need: number): readonly State[] => {
  const kept: State[] = [];
  let most = Number.NEGATIVE_INFINITY;
  for (const state of states.toSorted((a, b) => a.cost - b.cost || b.cover - a.cover)) {
    if (state.cover <= most + dust) continue;
    kept.push(state);
    most = state.cover;
    if (most >= need - dust) break;
  }
  return kept;
};

/** Runs of states within a step of cost become their last one. */
const coarser = (states: readonly State[], step: number): readonly State[] => {
  let from = 0;
  return states.filter((_, position) => {
    const next = states[position + 1];
    const isLast = !next || next.cost - (states[from]?.cost ?? 0) > step;
    if (isLast) from = position + 1;
    return isLast;
  });
};

const chosenIn = (found: State, zones: number): readonly number[] => {
  const chosen = Array.from({ length: zones }, () => 0);
  for (let state: State | undefined = found; state?.before; state = state.before) chosen[state.zone] = state.option;
  return chosen;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const leastsAt = (zones: readonly ZoneChoice[], price: number): readonly number[] =>
  zones.map(({ covers, costs }) => {
    const at = choiceAt(covers, costs, price);
    return (costs[at] ?? 0) - price * (covers[at] ?? 0);
  });

const halvings = 18;

/** The relaxation is highest where the zones' own choices at the price just cover the need; a little above they do, whole. */
const bestPrice = (
  zones: readonly ZoneChoice[],
  need: number,
  guess: number,
): { readonly price: number; readonly filled: readonly number[] } => {
  let filled: readonly number[] = [];
  const isCovered = (price: number): boolean => {
    const chosen: number[] = [];
    let covered = 0;
    for (const { covers, costs } of zones) {
      const at = choiceAt(covers, costs, price);
      covered += covers[at] ?? 0;
      chosen.push(at);
    }
    if (covered < need - dust) return false;
    filled = chosen;
    return true;
  };
  let [low, high] = [guess * 0.8, guess * 1.2];
  while (low > 1e-9 && isCovered(low)) low /= 2;
  while (!isCovered(high) && high < 1e12) high *= 2;
  for (let step = 0; step < halvings && high - low > 1e-4 * high; step++) {
    const middle = (low + high) / 2;
    if (isCovered(middle)) high = middle;
    else low = middle;
  }
  return { price: low, filled: completed(zones, need, low) ?? filled };
};

/** What the zones choose at a price too low, and in one of them what is still missing. */
const completed = (zones: readonly ZoneChoice[], need: number, price: number): readonly number[] | undefined => {
  const chosen = zones.map(({ covers, costs }) => choiceAt(covers, costs, price));
  const missing = need - sum(chosen.map((at, zone) => zones[zone]?.covers[at] ?? 0));
  let best: { readonly zone: number; readonly at: number; readonly more: number } | undefined;
  for (const [zone, { covers, costs }] of zones.entries()) {
    const now = chosen[zone] ?? 0;
    const at = covers.findIndex((cover) => cover >= (covers[now] ?? 0) + missing - dust);
    const more = (costs[at] ?? 0) - (costs[now] ?? 0);
    if (at >= 0 && (!best || more < best.more)) best = { zone, at, more };
  }
  return best && chosen.with(best.zone, best.at);
};

const choiceAt = (covers: readonly number[], costs: readonly number[], price: number): number => {
  let [at, least] = [0, Number.POSITIVE_INFINITY];
  for (let position = 0; position < covers.length; position++) {
    const value = (costs[position] ?? 0) - price * (covers[position] ?? 0);
    if (value <= least) [at, least] = [position, value];
  }
  return at;
};

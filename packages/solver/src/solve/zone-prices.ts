export interface ZoneRate {
  /** Least price of a unit of capacity there. */
  readonly rate: number;
  /** What stands there. */
  readonly base: number;
}

export interface ZonePrices {
  /** By zone, what a unit of its capacity is worth. */
  readonly worths: readonly number[];
  /** What the relaxation costs: nothing that survives costs less. */
  readonly value: number;
}

const steps = 60;

/**
 * The relaxation of surviving a zone, over fractions of units, solved by its dual.
 *
 *   minimise Σ r_z · y_z,   Σ_{z ≠ Z} (a_z + y_z) ≥ load for every Z
 *   dual     maximise θ · load − Σ v_z · a_z,   0 ≤ v_z ≤ min(r_z, θ),   Σ v_z = (zones − 1) · θ
 *
 * For one θ the v that are lowered below their limit are those of the zones where most stands; the value is concave in θ.
 */
export const zonePrices = (zones: readonly ZoneRate[], load: number): ZonePrices => {
  const byBase = zones.map((_, zone) => zone).toSorted((a, b) => (zones[b]?.base ?? 0) - (zones[a]?.base ?? 0) || a - b);
  const spare = (theta: number) => zones.reduce((sum, { rate }) => sum + Math.min(rate, theta), 0) - (zones.length - 1) * theta;
  const worthsAt = (theta: number): number[] => {
    const worths = zones.map(({ rate }) => Math.min(rate, theta));
    let left = Math.max(0, spare(theta));
    for (const zone of byBase) {
      const lowered = Math.min(left, worths[zone] ?? 0);
      worths[zone] = (worths[zone] ?? 0) - lowered;
      left -= lowered;
    }
    return worths;
  };
  const valueAt = (theta: number, worths: readonly number[]) =>
    worths.reduce((sum, worth, zone) => sum - worth * (zones[zone]?.base ?? 0), theta * load);
  let [low, high] = [0, highest(zones, spare)];
  if (zones.every(({ base }) => base === 0)) low = high;
  for (let step = 0; step < steps && low < high; step++) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    if (valueAt(left, worthsAt(left)) < valueAt(right, worthsAt(right))) low = left;
    else high = right;
  }
  const worths = worthsAt(low);
  return { worths, value: Math.max(0, valueAt(low, worths)) };
};

/** The highest θ that the worths of all zones but one can sum to. */
const highest = (zones: readonly ZoneRate[], spare: (theta: number) => number): number => {
  const rates = zones.map(({ rate }) => rate).filter((rate) => Number.isFinite(rate));
  let [low, high] = [0, rates.reduce((sum, rate) => sum + rate, 0)];
  for (let step = 0; step < steps; step++) {
    const middle = (low + high) / 2;
    if (spare(middle) >= 0) low = middle;
    else high = middle;
  }
  return low;
};

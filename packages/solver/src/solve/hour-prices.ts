import type { HourItem, HourNeed } from "./exact-hour.ts";

/** What a unit of load, and an accelerator over the spot share, is worth in the relaxation; `value` is the relaxation's. */
export interface HourPrices {
  readonly load: number;
  readonly share: number;
  readonly value: number;
}

/**
 * The relaxation's prices. For a given price μ of the share the load is worth what its cheapest item asks, so the value is the
 * least of straight lines in μ, one for each item:
 *
 *   value(μ) = missing · min_i (p_i + μ · adds_i) / capacity_i + over · μ,     0 ≤ μ ≤ min { p_i / −adds_i : adds_i < 0 }
 *
 * Its highest point is where a rising and a falling line of it meet. Any prices are valid, only the best ones tight.
 */
export const hourPrices = (items: readonly HourItem[], need: HourNeed): HourPrices => {
  let rising = lineAt(items, need, 0);
  if (rising.slope <= 0) return pricesOf(rising, need);
  let falling = lineAt(items, need, dearestShare(items));
  if (falling.slope >= 0) return pricesOf(falling, need);
  for (let step = 0; step < mostSteps; step++) {
    const meeting =
      (falling.value - falling.slope * falling.share - rising.value + rising.slope * rising.share) / (rising.slope - falling.slope);
    const highest = rising.value + rising.slope * (meeting - rising.share);
    const line = lineAt(items, need, meeting);
    if (line.value >= highest - 1e-12 * Math.abs(highest) || line.slope === 0) return pricesOf(line, need);
    if (line.slope > 0) rising = line;
    else falling = line;
  }
  return pricesOf(rising.value > falling.value ? rising : falling, need);
};

/** Two lines meet in the highest point after no more steps than there are items; so many are never needed. */
const mostSteps = 60;

/** No machine may be worth more for the room it makes than it costs. */
const dearestShare = (items: readonly HourItem[]): number =>
  items.reduce((least, { price, adds }) => (adds < 0 ? Math.min(least, price / -adds) : least), 1e12);

interface Line {
  readonly share: number;
  readonly value: number;
  readonly slope: number;
}

const lineAt = (items: readonly HourItem[], { missing, over }: HourNeed, share: number): Line => {
  if (missing <= 0) return { share, value: share * over, slope: over };
  let [load, slope] = [1e12, 0];
  for (const { price, capacity, adds } of items) {
    const asked = (price + share * adds) / capacity;
    if (asked < load) [load, slope] = [asked, adds / capacity];
  }
  return { share, value: missing * load + over * share, slope: missing * slope + over };
};

const pricesOf = ({ share, value }: Line, { missing, over }: HourNeed): HourPrices => ({
  load: missing > 0 ? Math.max(0, (value - over * share) / missing) : 0,
  share,
  value,
});

import { chooseInZones, type ZoneChoice } from "./choose-in-zones.ts";
import { countsInto, type Option, type OptionItem, paretoOptions } from "./pareto-options.ts";
import type { SurvivingHour, SurvivingQuestion } from "./surviving-hour.ts";
import { type ZonePrices, zonePrices } from "./zone-prices.ts";

/** The least over x of choosing an option of every zone, where each counts for x at most, to cover load + x. */
export const withoutAZone = (question: SurvivingQuestion): SurvivingHour | undefined => {
  const { load, tolerance, items, known } = question;
  const places = placesOf(question);
  const prices = zonePrices(places, load);
  const asked = { load, tolerance, prices };
  const first = known
    ? { cost: known.reduce((sum, count, index) => sum + count * (items[index]?.price ?? 0), 0), options: [] }
    : scan(likelyPlaces(places, prices), { ...asked, best: undefined, mostSizes: firstSizes }).best;
  const { best, lower } =
    first && first.cost - prices.value <= tolerance
      ? { best: first, lower: prices.value }
      : scan(places, { ...asked, best: first, mostSizes });
  if (!best) return undefined;
  const counts = known && best === first ? known : items.map(() => 0);
  if (counts !== known) for (const option of best.options) countsInto(counts as number[], option);
  return { cost: best.cost, lower: Math.max(prices.value, lower), counts };
};

/** A first choice among the zones and items of best rate, which leaves little of the rest to be looked at. */
const likelyPlaces = (places: readonly Place[], { worths }: ZonePrices): readonly Place[] => {
  const dearest = firstRates * Math.max(...worths);
  return places
    .filter(({ base, rate }) => base > 0 || rate <= dearest)
    .map((place) => ({
      ...place,
      items: place.items.toSorted((a, b) => a.price / a.capacity - b.price / b.capacity || a.index - b.index).slice(0, firstItems),
    }));
};

const firstRates = 1.3;
const firstItems = 3;
const firstSizes = 12;

/** Beyond so many the cheapest size still open is the bound. */
const mostSizes = 60;

interface Scan {
  readonly load: number;
  readonly tolerance: number;
  readonly prices: ZonePrices;
  readonly best: Best | undefined;
  readonly mostSizes: number;
}

/** Sizes in the order of what they cost at least, until that is more than the best. */
const scan = (
  places: readonly Place[],
  { load, tolerance, prices, best: begun, mostSizes }: Scan,
): { readonly best: Best | undefined; readonly lower: number } => {
  const roomOf = (than: Best | undefined) => (than?.cost ?? Number.POSITIVE_INFINITY) - prices.value;
  const zones = places
    .map((place) => withOptions(place, { load, worth: prices.worths[place.position] ?? 0, room: roomOf(begun) }))
    .filter(({ base, options }) => base > 0 || options.length > 1);
  let best = begun;
  let lower = Number.POSITIVE_INFINITY;
  let guess = prices.value / load;
  for (const [tried, { size, least }] of sizesOf(zones, load).entries()) {
    const limit = (best?.cost ?? Number.POSITIVE_INFINITY) - tolerance;
    if (least >= limit || tried >= mostSizes) {
      lower = Math.min(lower, least);
      break;
    }
    const choices = zones.map((zone) => cappedAt(zone, size));
    const choice = chooseInZones({ zones: choices, need: load + size, limit, tolerance, guess });
    guess = choice.price;
    lower = Math.min(lower, choice.lower);
    if (choice.best) best = { cost: choice.best.cost, options: choice.best.chosen.flatMap((at, zone) => zones[zone]?.options[at] ?? []) };
  }
  const slack = zones.reduce((sum, zone) => sum + zone.slack, 0);
  return { best, lower: Math.min(lower, (best?.cost ?? Number.POSITIVE_INFINITY) - tolerance) - slack };
};

interface Best {
  readonly cost: number;
  readonly options: readonly Option[];
}

/** A zone with what it sells and what stands there. */
interface Place {
  readonly position: number;
  readonly base: number;
  readonly rate: number;
  readonly items: readonly OptionItem[];
}

const placesOf = ({ items, standing }: SurvivingQuestion): readonly Place[] => {
  const names = [...new Set([...items, ...standing].map(({ zone }) => zone))];
  return names.map((name, position) => {
    const base = standing.reduce((sum, { zone, capacity, count }) => (zone === name ? sum + count * capacity : sum), 0);
    const own = items.flatMap((item, index) => (item.zone === name ? [{ ...item, index }] : []));
    const rate = own.reduce((least, { price, capacity }) => Math.min(least, price / capacity), Number.POSITIVE_INFINITY);
    return { position, base, rate, items: own };
  });
};

interface Zone {
  readonly base: number;
  readonly options: readonly Option[];
  readonly slack: number;
}

const withOptions = (
  { base, items }: Place,
  { load, worth, room }: { readonly load: number; readonly worth: number; readonly room: number },
): Zone => ({ base, ...paretoOptions({ items, enough: load - base, worth, room }) });
const cappedAt = ({ base, options }: Zone, size: number): ZoneChoice => {
  const first = options.findIndex(({ capacity }) => base + capacity >= size - dust);
  const useful = first < 0 ? options : options.slice(0, first + 1);
  return {
    covers: useful.map(({ capacity }) => Math.min(size, base + capacity)),
    costs: useful.map(({ cost }) => cost),
  };
};

const dust = 1e-9;

/** The sizes worth trying, each with the least that it may cost where every zone sells fractions at its best rate. */
const sizesOf = (zones: readonly Zone[], load: number): readonly { readonly size: number; readonly least: number }[] => {
  const sizes = zones.flatMap(({ base, options }) => options.map(({ capacity }) => Math.min(load, base + capacity)));
  const ascending = [...new Set([...sizes, load])].filter((size) => size > dust).toSorted((a, b) => a - b);
  const walks = zones.map((zone) => ({ zone, next: 0, rate: Number.POSITIVE_INFINITY }));
  return ascending
    .map((size) => {
      const offered = walks.map((walk) => {
        const { base, options } = walk.zone;
        for (; base + (options[walk.next]?.capacity ?? Number.POSITIVE_INFINITY) < size - dust; walk.next++) {
          const { capacity, cost } = options[walk.next] as Option;
          if (capacity > 0) walk.rate = Math.min(walk.rate, cost / capacity);
        }
        const left = Math.max(0, size - base);
        const filled = options[walk.next];
        const rate = filled && left > 0 ? Math.min(walk.rate, filled.cost / left) : walk.rate;
        return { left, rate };
      });
      const covered = zones.reduce((sum, { base }) => sum + Math.min(base, size), 0);
      return { size, least: filledFrom(offered, load + size - covered) };
    })
    .filter(({ least }) => Number.isFinite(least))
    .toSorted((a, b) => a.least - b.least || a.size - b.size);
};

const filledFrom = (offered: { left: number; rate: number }[], need: number): number => {
  let [missing, cost] = [need, 0];
  for (const { left, rate } of offered.toSorted((a, b) => a.rate - b.rate)) {
    if (missing <= dust) return cost;
    const taken = Math.min(left, missing);
    if (taken > 0) cost += taken * rate;
    missing -= taken;
  }
  return missing <= dust ? cost : Number.POSITIVE_INFINITY;
};

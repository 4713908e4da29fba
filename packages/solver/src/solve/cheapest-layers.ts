import { type BuyingRules, type ServiceNeed, toUsd } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";

/** How a load is carried by at most one kind of unit of each way of buying. */
export interface Layers {
  /** By unit, by hour group. */
  readonly counts: ReadonlyMap<BuyableUnit, readonly number[]>;
  /** Dollars an hour, in the mean. */
  readonly cost: number;
}

export interface LayerQuestion {
  readonly units: readonly BuyableUnit[];
  /** Share of the busiest hour's load that one unit carries. */
  readonly capacityOf: (unit: BuyableUnit) => number;
  /** Of each hour group. */
  readonly loads: readonly number[];
  readonly weights: readonly number[];
  readonly rules: BuyingRules;
  readonly effort: keyof typeof kept;
}

/** Kinds worth combining, by price for what they carry. */
const kept = {
  wide: { committed: 3, hourly: 6, spot: 5 },
  whole: { committed: 2, hourly: 3, spot: 2 },
  quick: { committed: 1, hourly: 2, spot: 1 },
} as const;

/**
 * The cheapest of: so many committed units of one kind in all hours, and in each hour what is missing from one kind by the
 * hour and one kind of spot. Every count of commitments is tried; the hours then follow one by one.
 */
export const cheapestLayers = (question: LayerQuestion): Layers | undefined => {
  const { units, effort } = question;
  const cheapestOf = (own: readonly BuyableUnit[], most: number): BuyableUnit[] =>
    own
      .map((unit) => ({ unit, price: perLoad(question, unit) }))
      .toSorted((a, b) => a.price - b.price || (a.unit.offer.id < b.unit.offer.id ? -1 : 1))
      .slice(0, most)
      .map(({ unit }) => unit);
  const committed = units.filter((unit) => unit.committed);
  const hourly = units.filter((unit) => !unit.committed && !unit.spot);
  const spot = units.filter((unit) => unit.spot);
  return askedOnce(question, {
    committed: cheapestOf(committed, kept[effort].committed),
    hourly: cheapestOf(hourly, kept[effort].hourly),
    spot: cheapestOf(spot, kept[effort].spot),
  });
};

interface Combined {
  readonly committed: readonly BuyableUnit[];
  readonly hourly: readonly BuyableUnit[];
  readonly spot: readonly BuyableUnit[];
}

/** By service: what an explanation asks again and again with other things left out, counts by the unit's position. */
const known = new WeakMap<
  ServiceNeed,
  Map<string, { readonly cost: number; readonly counts: readonly (readonly number[] | undefined)[] } | "none">
>();

const askedOnce = (question: LayerQuestion, combined: Combined): Layers | undefined => {
  const all = [...combined.committed, ...combined.hourly, ...combined.spot];
  const need = all[0]?.candidate.need;
  if (!need) return undefined;
  const ofNeed = known.get(need) ?? new Map();
  known.set(need, ofNeed);
  const { rules, loads, weights } = question;
  const kinds = all.map((unit) => `${unit.candidate.id} ${unit.offer.id} ${unit.price} ${question.capacityOf(unit)} ${unit.most}`);
  const key = [rules.spotMaxShare, rules.survive, ...loads, ...weights, ...kinds].join("|");
  const before = ofNeed.get(key);
  if (before === "none") return undefined;
  if (before)
    return { cost: before.cost, counts: new Map(all.flatMap((unit, at) => (before.counts[at] ? [[unit, before.counts[at]]] : []))) };
  const layers = bestOf(question, combined);
  ofNeed.set(key, layers ? { cost: layers.cost, counts: all.map((unit) => layers.counts.get(unit)) } : "none");
  return layers;
};

const bestOf = (question: LayerQuestion, { committed, hourly, spot }: Combined): Layers | undefined => {
  let best: Layers | undefined;
  for (const base of [undefined, ...committed])
    for (const peak of [undefined, ...hourly])
      for (const extra of [undefined, ...spot]) {
        const layers = bestCommitment(question, { base, peak, extra }, best?.cost ?? Number.POSITIVE_INFINITY);
        if (layers && (!best || layers.cost < best.cost - 1e-9)) best = layers;
      }
  return best;
};

const perLoad = ({ capacityOf }: LayerQuestion, unit: BuyableUnit): number => toUsd(unit.price) / capacityOf(unit);

interface Kinds {
  readonly base: BuyableUnit | undefined;
  readonly peak: BuyableUnit | undefined;
  readonly extra: BuyableUnit | undefined;
}

/** What the hours are counted with: capacities and prices of the kinds, 0 of one that is missing. */
interface Scene {
  readonly question: LayerQuestion;
  readonly kinds: Kinds;
  readonly carries: { readonly base: number; readonly peak: number; readonly extra: number };
  readonly prices: { readonly base: number; readonly peak: number; readonly extra: number };
  /** Units of spot that one other accelerator lets in. */
  readonly spotPerAccelerator: number;
}

const sceneOf = (question: LayerQuestion, kinds: Kinds): Scene => {
  const each = (of: (unit: BuyableUnit) => number) => ({
    base: kinds.base ? of(kinds.base) : 0,
    peak: kinds.peak ? of(kinds.peak) : 0,
    extra: kinds.extra ? of(kinds.extra) : 0,
  });
  const { spotMaxShare } = question.rules;
  const ratio = Math.min(unlimited, spotMaxShare / Math.max(1 / unlimited, 1 - spotMaxShare));
  return {
    question,
    kinds,
    carries: each(question.capacityOf),
    prices: each(({ price }) => toUsd(price)),
    spotPerAccelerator: kinds.extra ? ratio / kinds.extra.accelerators : 0,
  };
};

/** A spot share of all is as good as so many times the other accelerators. */
const unlimited = 1e9;

/** Up to here every count of commitments is tried; beyond, a coarse grid first. */
const fineCounts = 48;

const bestCommitment = (question: LayerQuestion, kinds: Kinds, below: number): Layers | undefined => {
  const { base } = kinds;
  const scene = sceneOf(question, kinds);
  const most = base ? Math.min(base.most, Math.ceil(1 / scene.carries.base - 1e-9) + 1) : 0;
  const step = Math.max(1, Math.floor(most / fineCounts));
  const tried = (from: number, to: number, by: number) => {
    let best: { count: number; cost: number } | undefined;
    for (let count = Math.max(base ? 1 : 0, from); count <= Math.min(most, to); count += by) {
      const cost = costWith(scene, { committed: count, below: best?.cost ?? below });
      if (cost !== undefined && (!best || cost < best.cost - 1e-9)) best = { count, cost };
    }
    return best;
  };
  const coarse = tried(base ? 1 : 0, most, step);
  if (!coarse) return undefined;
  const fine = step > 1 ? (tried(coarse.count - step, coarse.count + step, 1) ?? coarse) : coarse;
  return layersWith(scene, fine);
};

const costWith = (scene: Scene, { committed, below }: { readonly committed: number; readonly below: number }): number | undefined => {
  const { loads, weights } = scene.question;
  let cost = scene.prices.base * committed;
  for (const [group, load] of loads.entries()) {
    const hour = cheapestHour(scene, committed, load);
    if (!hour) return undefined;
    cost += hour.cost * (weights[group] ?? 0);
    if (cost > below) return undefined;
  }
  return cost;
};

const layersWith = (scene: Scene, { count, cost }: { readonly count: number; readonly cost: number }): Layers => {
  const { question, kinds } = scene;
  const hours = question.loads.map((load) => cheapestHour(scene, count, load));
  const counts = new Map<BuyableUnit, readonly number[]>();
  const add = (unit: BuyableUnit | undefined, ofUnit: readonly number[]) => {
    if (unit && ofUnit.some((some) => some > 0)) counts.set(unit, ofUnit);
  };
  add(
    kinds.base,
    question.loads.map(() => count),
  );
  add(
    kinds.peak,
    hours.map((hour) => hour?.peak ?? 0),
  );
  add(
    kinds.extra,
    hours.map((hour) => hour?.extra ?? 0),
  );
  return { counts, cost };
};

interface HourChoice {
  readonly peak: number;
  readonly extra: number;
  readonly cost: number;
}

const nothing: HourChoice = { peak: 0, extra: 0, cost: 0 };

/** Sums of floats may miss a load by this much; a unit is not bought for it. */
const dust = 1e-9;

/**
 * The cheapest units by the hour for one load beside the committed ones.
 *
 *   c · base + p · peak + e · extra ≥ load,   accelerators of extra ≤ σ / (1 − σ) · those of the others
 */
const cheapestHour = (scene: Scene, committed: number, load: number): HourChoice | undefined => {
  const { carries, kinds, question } = scene;
  const { peak } = kinds;
  const spare = load > 0 && question.rules.survive === "one-instance" ? Math.max(committed > 0 ? carries.base : 0, carries.peak) : 0;
  const missing = load + spare - committed * carries.base;
  if (load === 0 || missing <= dust) return nothing;
  const hour = { missing, committedAccelerators: committed * (kinds.base?.accelerators ?? 0) };
  if (!peak) return withPeak(scene, hour, 0);
  const whole = Math.ceil(missing / carries.peak - dust);
  if (whole > peak.most) return undefined;
  const carriedBySpot = scene.spotPerAccelerator * carries.extra;
  const perPeak = carries.peak + peak.accelerators * carriedBySpot;
  const least = Math.max(0, Math.floor((missing - hour.committedAccelerators * carriedBySpot) / perPeak));
  let best = withPeak(scene, hour, whole);
  for (let count = least; count <= Math.min(least + 3, whole); count++) {
    const choice = withPeak(scene, hour, count);
    if (choice && (!best || choice.cost < best.cost)) best = choice;
  }
  return best;
};

interface Hour {
  readonly missing: number;
  readonly committedAccelerators: number;
}

const withPeak = (scene: Scene, { missing, committedAccelerators }: Hour, count: number): HourChoice | undefined => {
  const { carries, prices, kinds } = scene;
  const left = missing - count * carries.peak;
  const cost = count * prices.peak;
  if (left <= dust) return { peak: count, extra: 0, cost };
  if (!kinds.extra) return undefined;
  const needed = Math.ceil(left / carries.extra - dust);
  const most = Math.floor(scene.spotPerAccelerator * (committedAccelerators + count * (kinds.peak?.accelerators ?? 0)) + dust);
  return needed > Math.min(most, kinds.extra.most) ? undefined : { peak: count, extra: needed, cost: cost + needed * prices.extra };
};

import { type BuyingRules, type ServiceNeed, toUsd } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import type { HourGroup } from "../formulate/hour-groups.ts";
import { exactHour, type HourItem, type HourNeed, type HourQuestion } from "./exact-hour.ts";
import { type HourChoices, hourChoices } from "./hour-choices.ts";
import { type HourPrices, hourPrices } from "./hour-prices.ts";
import type { UnitCounts } from "./layered-fleet.ts";
import type { PricedBin } from "./priced-bins.ts";
import { withoutReplaced } from "./without-replaced.ts";

export interface WeekQuestion {
  readonly needs: readonly ServiceNeed[];
  readonly units: readonly BuyableUnit[];
  readonly rules: BuyingRules;
  readonly groups: readonly HourGroup[];
  /** A fleet to start from, and the prices of a relaxation over all units; each group is a member of one bin. */
  readonly counts: UnitCounts;
  readonly bins: readonly PricedBin[];
  /** Of the search for the best count of commitments: a week that is one of several gets a part of it. */
  readonly share: number;
  readonly isLate: () => boolean;
}

export interface ExactWeek {
  readonly counts: UnitCounts;
  /** Dollars an hour below which no fleet is. */
  readonly lower: number;
}

/** Where an hour is a covering problem with the spot share beside it: one service with one class, and nothing that runs out. */
export const isCovering = ({ needs, units, rules }: Pick<WeekQuestion, "needs" | "units" | "rules">): boolean =>
  needs.length === 1 &&
  needs[0]?.classes.length === 1 &&
  rules.survive === "nothing" &&
  units.every(({ quotas, most, committed, spot }) => quotas.length === 0 && !Number.isFinite(most) && !(committed && spot)) &&
  units.some(({ committed, spot }) => !committed && (!spot || rules.spotMaxShare >= 1));

/**
 * A week of one class. For every count c of the one commitment that matters most, the hours come apart and are solved exactly.
 *
 *   fleet   min_c price · c + Σ_g w_g · (cheapest hour beside c and the start's other commitments)
 *   bound   min_c price · c + Σ_g w_g · (cheapest hour beside c, where other commitments may be had at their price of that hour)
 *
 * Prices by hour of another commitment sum to its whole price, so no week with it costs less (Lagrange). The relaxation is
 * convex in c: outward from the start it ends the search once it is above the best fleet.
 */
export const exactWeek = (question: WeekQuestion): ExactWeek | undefined => {
  const scene = sceneOf(question);
  const scanned = scan(scene);
  if (!scanned) return undefined;
  const { count, cost } = scanned;
  const week = weekAt(scene, { count, mostChoices: polishOf(scene), below: cost }) ?? scanned;
  return { counts: countsOf(scene, week), lower: boundBelow(scene, week.cost) };
};

/** The cheapest hours beside commitments whose counts stand. */
export const hoursBeside = (question: Omit<WeekQuestion, "bins">): UnitCounts | undefined => {
  const scene = sceneOf({ ...question, bins: [] });
  const week = weekAt(scene, { count: scene.start, mostChoices: polishOf(scene), below: Number.POSITIVE_INFINITY });
  return week && countsOf(scene, week);
};

const scan = (scene: Scene): Week | undefined => {
  let best: Week | undefined;
  outward(scene, (count) => {
    if (best && relaxedAt(scene, "alone", count) >= best.cost) return "none beyond";
    best = weekAt(scene, { count, mostChoices: choices.scan, below: best?.cost ?? Number.POSITIVE_INFINITY }) ?? best;
    return best ? "on" : "none beyond";
  });
  return best;
};

/** So many choices of each hour while counts of the commitment are tried, of the one kept, and of those that hold the bound down. */
const choices = { scan: 40, polish: 800, polishPart: 200, refined: [300] } as const;

const polishOf = ({ share }: Scene): number => (share < 1 ? choices.polishPart : choices.polish);

/** The least over all counts; those that hold it down are looked at more closely, the lowest first. */
const boundBelow = (scene: Scene, cost: number): number => {
  const seen: BoundedCount[] = [];
  const unseen = outward(scene, (count) => {
    if (relaxedAt(scene, "priced", count) >= cost) return "none beyond";
    seen.push({ count, lower: leastAt(scene, { count, mostChoices: choices.scan, below: cost }), looked: 0 });
    return "on";
  });
  const beyond = unseen.reduce((least, { from, step }) => Math.min(least, relaxedFrom(scene, from, step)), cost);
  return Math.min(beyond, leastRefined(scene, seen, beyond));
};

interface BoundedCount {
  readonly count: number;
  readonly lower: number;
  /** How often it was looked at more closely. */
  readonly looked: number;
}

/** Looks at so many counts more closely at most. */
const mostRefined = 30;

const leastRefined = (scene: Scene, seen: readonly BoundedCount[], enough: number): number => {
  const open = [...seen];
  for (let refined = 0; refined < mostRefined * scene.share; refined++) {
    const at = open.reduce((least, { lower }, index) => (lower < (open[least]?.lower ?? Number.POSITIVE_INFINITY) ? index : least), 0);
    const lowest = open[at];
    const mostChoices = lowest && choices.refined[lowest.looked];
    if (!lowest || lowest.lower >= enough || mostChoices === undefined || scene.isLate()) break;
    const lower = leastAt(scene, { count: lowest.count, mostChoices, below: enough });
    open[at] = { ...lowest, lower: Math.max(lowest.lower, lower), looked: lowest.looked + 1 };
  }
  return open.reduce((least, { lower }) => Math.min(least, lower), Number.POSITIVE_INFINITY);
};

/** The relaxation's least from a count outward: at that count where it climbs, and nothing proved where it falls. */
const relaxedFrom = (scene: Scene, from: number, step: number): number => {
  const [here, next] = [relaxedAt(scene, "priced", from), relaxedAt(scene, "priced", from + step)];
  return next >= here ? here : 0;
};

interface UnitItem extends HourItem {
  readonly unit: BuyableUnit;
}

interface Scene extends WeekQuestion {
  readonly weights: readonly number[];
  readonly committed: readonly BuyableUnit[];
  /** The commitment whose counts are tried, and the count to begin with. */
  readonly tried: BuyableUnit | undefined;
  readonly start: number;
  readonly items: readonly UnitItem[];
  /** By group: the items by the hour, then the other commitments at their price of the hour. */
  readonly priced: readonly (readonly HourItem[])[];
  readonly choicesOf: ChoicesOf;
}

const sceneOf = (question: WeekQuestion): Scene => {
  const { units, rules, groups, counts, bins } = question;
  const total = groups.reduce((sum, { hours }) => sum + hours.length, 0);
  const weights = groups.map(({ hours }) => hours.length / total);
  const committed = units.filter((unit) => unit.committed);
  const countOf = (unit: BuyableUnit) => counts.get(unit)?.[0] ?? 0;
  const tried = committed.reduce<BuyableUnit | undefined>((most, unit) => {
    const carries = (of: BuyableUnit) => countOf(of) * of.accelerators;
    return carries(unit) > (most ? carries(most) : 0) ? unit : most;
  }, undefined);
  const itemOf = (unit: BuyableUnit, price = toUsd(unit.price)): UnitItem => ({
    unit,
    price,
    capacity: unit.mixCapacity,
    adds: limitsSpot(question) ? unit.accelerators * ((unit.spot ? 1 : 0) - rules.spotMaxShare) : 0,
  });
  const items = withoutReplaced(units.filter((unit) => !unit.committed).map((unit) => itemOf(unit)));
  const others = committed.filter((unit) => unit !== tried).map((unit) => pricesByGroup(unit, { rules, bins, groups, weights }));
  const priced = groups.map((_, group) => {
    const all = withoutReplaced([...items, ...others.map(({ unit, prices }) => itemOf(unit, prices[group] ?? 0))]);
    return all.length === items.length && all.every((item, at) => item === items[at]) ? items : all;
  });
  return { ...question, weights, committed, tried, start: tried ? countOf(tried) : 0, items, priced, choicesOf: choicesKept() };
};

const limitsSpot = ({ rules, units }: Pick<WeekQuestion, "rules" | "units">): boolean =>
  rules.spotMaxShare < 1 && units.some(({ spot }) => spot);

type Worths = Pick<Scene, "rules" | "bins" | "groups" | "weights">;

/** What a commitment is worth in each group, made to sum to its price. */
const pricesByGroup = (
  unit: BuyableUnit,
  { rules, bins, groups, weights }: Worths,
): { readonly unit: BuyableUnit; readonly prices: readonly number[] } => {
  const worths = groups.map((group) => {
    const bin = bins.find(({ members }) => members.includes(group));
    if (!bin) return 0;
    const carried = Math.min(group.loads[0] ?? 0, unit.mixCapacity);
    return (bin.prices.classes[0]?.[0] ?? 0) * carried + bin.prices.spot * unit.accelerators * rules.spotMaxShare;
  });
  const mean = worths.reduce((sum, worth, group) => sum + worth * (weights[group] ?? 0), 0);
  const price = toUsd(unit.price);
  return { unit, prices: worths.map((worth) => (mean > price ? (worth * price) / mean : worth + price - mean)) };
};

type Among = "alone" | "priced";

/** Hours solved on either side of the start before the rest is left to the relaxation. */
const mostHours = 1500;

interface Unseen {
  readonly from: number;
  readonly step: 1 | -1;
}

/** Counts from the start up, then down, until none beyond can be better, the hours are spent or the time is over. */
const outward = ({ tried, start, groups, share, isLate }: Scene, visit: (count: number) => "on" | "none beyond"): Unseen[] => {
  const most = tried ? Math.ceil((mostHours * share) / groups.length) : 1;
  const walk = (from: number, step: Unseen["step"]): Unseen[] => {
    for (let count = from, visited = 0; count >= 0; count += step, visited++) {
      if (visited >= most || isLate()) return [{ from: count, step }];
      if (visit(count) === "none beyond") return [];
    }
    return [];
  };
  if (tried) return [...walk(start, 1), ...walk(start - 1, -1)];
  visit(0);
  return [];
};

interface Week {
  readonly cost: number;
  readonly count: number;
  /** By group and item. */
  readonly hours: readonly (readonly number[])[];
}

interface Asked {
  readonly count: number;
  readonly mostChoices: number;
  /** What costs as much or more is of no use. */
  readonly below: number;
}

/** The cheapest hours beside so many of the commitment; undefined where they are not below what was asked for. */
const weekAt = (scene: Scene, { count, mostChoices, below }: Asked): Week | undefined => {
  const asked = hoursAsked(scene, "alone", count);
  const hours: (readonly number[])[] = [];
  let { cost } = asked;
  for (const { weight, relaxed, ...hour } of asked.hours) {
    if (cost >= below) return undefined;
    const found = exactHour({ ...hour, mostChoices });
    if (!found) return undefined;
    cost += weight * (found.cost - relaxed);
    hours.push(found.counts);
  }
  return cost < below ? { cost, count, hours } : undefined;
};

/** What no hours beside so many of the commitment cost less than, as soon as it is not below what was asked for. */
const leastAt = (scene: Scene, { count, mostChoices, below }: Asked): number => {
  const asked = hoursAsked(scene, "priced", count);
  let { cost } = asked;
  for (const { weight, relaxed, ...hour } of asked.hours) {
    if (cost >= below) return cost;
    const found = exactHour({ ...hour, mostChoices });
    cost += weight * ((found?.lower ?? Number.POSITIVE_INFINITY) - relaxed);
  }
  return cost;
};

interface AskedHour extends Pick<HourQuestion, "choices" | "need"> {
  readonly weight: number;
  /** What the hour costs in the relaxation. */
  readonly relaxed: number;
}

/** Every hour, and what all of them cost in the relaxation. */
const hoursAsked = (scene: Scene, among: Among, count: number): { readonly hours: readonly AskedHour[]; readonly cost: number } => {
  let cost = committedCost(scene, among, count);
  const hours = scene.weights.map((weight, group): AskedHour => {
    const need = needOf(scene, among, { count, group });
    const items = cappedBy(itemsOf(scene, among, group), need);
    const prices = hourPrices(items, need);
    cost += weight * prices.value;
    return { weight, choices: scene.choicesOf(items, prices), need, relaxed: prices.value };
  });
  return { hours, cost };
};

const relaxedAt = (scene: Scene, among: Among, count: number): number =>
  scene.weights.reduce(
    (sum, weight, group) => {
      const need = needOf(scene, among, { count, group });
      return sum + weight * hourPrices(itemsOf(scene, among, group), need).value;
    },
    committedCost(scene, among, count),
  );

const itemsOf = ({ items, priced }: Scene, among: Among, group: number): readonly HourItem[] =>
  among === "alone" ? items : (priced[group] ?? items);

/**
 * One that carries more than is missing carries what is missing: that tightens an hour's relaxation and loses no choice. The
 * relaxation over counts of a commitment does without, since it would no longer be convex.
 */
const cappedBy = (items: readonly HourItem[], { missing }: HourNeed): readonly HourItem[] =>
  missing > 0 && items.some(({ capacity }) => capacity > missing)
    ? items.map((item) => (item.capacity > missing ? { ...item, capacity: missing } : item))
    : items;

/** Of a service that is carried by the hour alone. */
const wholeHour: HourNeed = { missing: 1, over: 0 };

type ChoicesOf = (items: readonly HourItem[], prices: HourPrices) => HourChoices;

/** Many hours beside many counts have the same items at the same prices, and choices in the same order. */
const choicesKept = (): ChoicesOf => {
  const kept = new Map<readonly HourItem[], Map<string, HourChoices>>();
  return (items, prices) => {
    const ofItems = kept.get(items) ?? new Map<string, HourChoices>();
    kept.set(items, ofItems);
    const key = `${prices.load.toPrecision(10)} ${prices.share.toPrecision(10)}`;
    const choices = ofItems.get(key) ?? hourChoices({ items, prices, atMost: wholeHour });
    ofItems.set(key, choices);
    return choices;
  };
};

/** How many of a commitment stand in all hours. */
const standing = ({ tried, counts }: Scene, among: Among, count: number, unit: BuyableUnit): number => {
  if (unit === tried) return count;
  return among === "alone" ? (counts.get(unit)?.[0] ?? 0) : 0;
};

const committedCost = (scene: Scene, among: Among, count: number): number =>
  scene.committed.reduce((sum, unit) => sum + toUsd(unit.price) * standing(scene, among, count, unit), 0);

const needOf = (scene: Scene, among: Among, { count, group }: { readonly count: number; readonly group: number }): HourNeed => {
  const { committed, groups, rules } = scene;
  const share = limitsSpot(scene) ? rules.spotMaxShare : 0;
  const load = groups[group]?.loads[0] ?? 0;
  if (load === 0) return { missing: 0, over: 0 };
  return committed.reduce(
    ({ missing, over }, unit) => {
      const units = standing(scene, among, count, unit);
      return { missing: missing - units * unit.mixCapacity, over: over - units * unit.accelerators * share };
    },
    { missing: load, over: 0 },
  );
};

const countsOf = (scene: Scene, { count, hours }: Week): UnitCounts => {
  const { groups, items, committed } = scene;
  return new Map([
    ...committed.map((unit) => [unit, groups.map(() => standing(scene, "alone", count, unit))] as const),
    ...items.map(({ unit }, item) => [unit, hours.map((counts) => counts[item] ?? 0)] as const),
  ]);
};

import { type BuyingRules, type ServiceNeed, toUsd } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import type { HourGroup } from "../formulate/hour-groups.ts";
import { exactHour, type HourItem, type HourNeed, hourPrices } from "./exact-hour.ts";
import type { UnitCounts } from "./layered-fleet.ts";
import type { PricedBin } from "./priced-bins.ts";

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
  units.some(({ committed, spot }) => !committed && !spot);

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
  const polished = weekAt(scene, { among: "alone", count: scanned.count, mostChoices: polishOf(scene) });
  const week = polished && polished.cost < scanned.cost ? polished : scanned;
  return { counts: countsOf(scene, week), lower: boundBelow(scene, week.cost) };
};

/** The cheapest hours beside commitments whose counts stand. */
export const hoursBeside = (question: Omit<WeekQuestion, "bins">): UnitCounts | undefined => {
  const scene = sceneOf({ ...question, bins: [] });
  const week = weekAt(scene, { among: "alone", count: scene.start, mostChoices: polishOf(scene) });
  return week && countsOf(scene, week);
};

const scan = (scene: Scene): Week | undefined => {
  let best: Week | undefined;
  outward(scene, (count) => {
    if (best && relaxedAt(scene, "alone", count) >= best.cost) return "none beyond";
    const week = weekAt(scene, { among: "alone", count, mostChoices: choices.scan });
    if (week && (!best || week.cost < best.cost - 1e-9)) best = week;
    return week ? "on" : "none beyond";
  });
  return best;
};

/** So many choices of each hour while counts of the commitment are tried, of the one kept, and of those that hold the bound down. */
const choices = { scan: 10, polish: 800, polishPart: 200, refined: [60, 300] } as const;

const polishOf = ({ share }: Scene): number => (share < 1 ? choices.polishPart : choices.polish);

/** The least over all counts; those that hold it down are looked at more closely, the lowest first. */
const boundBelow = (scene: Scene, cost: number): number => {
  const seen: BoundedCount[] = [];
  const unseen = outward(scene, (count) => {
    const relaxed = relaxedAt(scene, "priced", count);
    if (relaxed >= cost) return "none beyond";
    seen.push({ count, lower: weekAt(scene, { among: "priced", count, mostChoices: choices.scan })?.lower ?? relaxed, looked: 0 });
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
    const week = weekAt(scene, { among: "priced", count: lowest.count, mostChoices });
    open[at] = { ...lowest, lower: Math.max(lowest.lower, week?.lower ?? 0), looked: lowest.looked + 1 };
  }
  return open.reduce((least, { lower }) => Math.min(least, lower), Number.POSITIVE_INFINITY);
};

/** The relaxation's least from a count outward: at that count where it climbs, and nothing proved where it falls. */
const relaxedFrom = (scene: Scene, from: number, step: number): number => {
  const [here, next] = [relaxedAt(scene, "priced", from), relaxedAt(scene, "priced", from + step)];
  return next >= here ? here : 0;
};

interface Scene extends WeekQuestion {
  readonly weights: readonly number[];
  readonly hourly: readonly BuyableUnit[];
  readonly committed: readonly BuyableUnit[];
  /** The commitment whose counts are tried, and the count to begin with. */
  readonly tried: BuyableUnit | undefined;
  readonly start: number;
  readonly items: readonly HourItem[];
  /** By group: the items by the hour, then the other commitments at their price of the hour. */
  readonly priced: readonly (readonly HourItem[])[];
}

const sceneOf = (question: WeekQuestion): Scene => {
  const { units, rules, groups, counts, bins } = question;
  const total = groups.reduce((sum, { hours }) => sum + hours.length, 0);
  const weights = groups.map(({ hours }) => hours.length / total);
  const hourly = units.filter(({ committed }) => !committed);
  const committed = units.filter((unit) => unit.committed);
  const countOf = (unit: BuyableUnit) => counts.get(unit)?.[0] ?? 0;
  const tried = committed.reduce<BuyableUnit | undefined>((most, unit) => {
    const carries = (of: BuyableUnit) => countOf(of) * of.accelerators;
    return carries(unit) > (most ? carries(most) : 0) ? unit : most;
  }, undefined);
  const itemOf = (unit: BuyableUnit, price = toUsd(unit.price)): HourItem => ({
    price,
    capacity: unit.mixCapacity,
    adds: limitsSpot(question) ? unit.accelerators * ((unit.spot ? 1 : 0) - rules.spotMaxShare) : 0,
  });
  const items = hourly.map((unit) => itemOf(unit));
  const others = committed.filter((unit) => unit !== tried).map((unit) => pricesByGroup(unit, { rules, bins, groups, weights }));
  const priced = groups.map((_, group) => [...items, ...others.map(({ unit, prices }) => itemOf(unit, prices[group] ?? 0))]);
  return { ...question, weights, hourly, committed, tried, start: tried ? countOf(tried) : 0, items, priced };
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
  readonly lower: number;
  readonly count: number;
  /** By group and item. */
  readonly hours: readonly (readonly number[])[];
}

interface Asked {
  readonly among: Among;
  readonly count: number;
  readonly mostChoices: number;
}

const weekAt = (scene: Scene, { among, count, mostChoices }: Asked): Week | undefined => {
  let [cost, lower] = [committedCost(scene, among, count), committedCost(scene, among, count)];
  const hours: (readonly number[])[] = [];
  for (const [group, weight] of scene.weights.entries()) {
    const need = needOf(scene, among, { count, group });
    const items = cappedBy(itemsOf(scene, among, group), need);
    const hour = exactHour({ items, need, prices: hourPrices(items, need), mostChoices });
    if (!hour) return undefined;
    cost += weight * hour.cost;
    lower += weight * hour.lower;
    hours.push(hour.counts);
  }
  return { cost, lower, count, hours };
};

const relaxedAt = (scene: Scene, among: Among, count: number): number =>
  scene.weights.reduce(
    (sum, weight, group) => {
      const need = needOf(scene, among, { count, group });
      const isServed = need.missing <= 0 && need.over <= 0;
      return sum + (isServed ? 0 : weight * hourPrices(itemsOf(scene, among, group), need).value);
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
  items.map((item) => (missing > 0 && item.capacity > missing ? { ...item, capacity: missing } : item));

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
  const { groups, hourly, committed } = scene;
  return new Map([
    ...committed.map((unit) => [unit, groups.map(() => standing(scene, "alone", count, unit))] as const),
    ...hourly.map((unit, item) => [unit, hours.map((counts) => counts[item] ?? 0)] as const),
  ]);
};

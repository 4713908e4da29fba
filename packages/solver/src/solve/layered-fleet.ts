import { type BuyingRules, type ServiceNeed, toUsd } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import type { HourGroup } from "../formulate/hour-groups.ts";
import { cheapestLayers, type Layers } from "./cheapest-layers.ts";

/** Units at work, by unit and hour group. */
export type UnitCounts = ReadonlyMap<BuyableUnit, readonly number[]>;

interface LayeredQuestion {
  readonly needs: readonly ServiceNeed[];
  readonly units: readonly BuyableUnit[];
  readonly rules: BuyingRules;
  readonly groups: readonly HourGroup[];
  readonly effort: "whole" | "quick";
}

/**
 * A fleet in which each service, or each of its classes, is carried by a base, a peak and a spot layer of one kind each. Fast
 * and near the optimum in most markets; what it misses, the bound shows. Undefined where no such fleet keeps the quotas.
 */
export const layeredFleet = (question: LayeredQuestion): UnitCounts | undefined => {
  let { units } = question;
  for (;;) {
    const counts = layersOfAll({ ...question, units });
    if (!counts) return undefined;
    const broken = brokenQuotas(question, counts);
    if (broken.size === 0) return counts;
    units = units.filter(({ quotas }) => !quotas.some((quota) => broken.has(quota)));
  }
};

const layersOfAll = ({ needs, units, rules, groups, effort }: LayeredQuestion): UnitCounts | undefined => {
  const all = new Map<BuyableUnit, readonly number[]>();
  for (const [index, need] of needs.entries()) {
    const own = units.filter(({ candidate }) => candidate.need === need);
    const { loads, weights, positions } = loadsOf(groups, index);
    const layers = layersOf(need, {
      units: own,
      loads,
      weights,
      rules,
      effort: effort === "whole" && needs.length === 1 ? "wide" : effort,
    });
    if (!layers) return undefined;
    for (const [unit, counts] of layers.counts)
      all.set(
        unit,
        positions.map((position) => counts[position] ?? 0),
      );
  }
  return all;
};

/** The different loads of one service, how often each is, and which one each group has: the same whatever else is asked about. */
const loadsOf = (groups: readonly HourGroup[], index: number) => {
  const hours = new Map<number, number>();
  for (const group of groups) hours.set(group.loads[index] ?? 0, (hours.get(group.loads[index] ?? 0) ?? 0) + group.hours.length);
  const total = groups.reduce((sum, group) => sum + group.hours.length, 0);
  const loads = [...hours.keys()];
  const positions = new Map(loads.map((load, position) => [load, position]));
  return {
    loads,
    weights: [...hours.values()].map((count) => count / total),
    positions: groups.map((group) => positions.get(group.loads[index] ?? 0) ?? 0),
  };
};

type Asked = Omit<Parameters<typeof cheapestLayers>[0], "capacityOf">;

/** One pool for the service's own mix of classes, or a pool for each class, whichever is cheaper. */
const layersOf = (need: ServiceNeed, asked: Asked): Layers | undefined => {
  if (asked.rules.survive === "one-zone") return overZones(asked);
  const together = cheapestLayers({ ...asked, capacityOf: ({ mixCapacity }) => mixCapacity });
  if (need.classes.length === 1 || asked.effort === "quick" || asked.rules.survive !== "nothing") return together;
  const apart = need.classes.map(({ amount }, at) =>
    cheapestLayers({ ...asked, capacityOf: ({ capacities }) => (capacities[at] ?? 0) / amount }),
  );
  const merged = apart.reduce<Layers | undefined>((sum, layers) => (sum && layers ? addLayers(sum, layers) : undefined), {
    counts: new Map(),
    cost: 0,
  });
  return merged && (!together || merged.cost < together.cost) ? merged : together;
};

const addLayers = (a: Layers, b: Layers): Layers => {
  const counts = new Map(a.counts);
  for (const [unit, more] of b.counts) {
    const before = counts.get(unit);
    counts.set(
      unit,
      more.map((count, group) => count + (before?.[group] ?? 0)),
    );
  }
  return { counts, cost: a.cost + b.cost };
};

/** The same candidate in equal numbers in two or more zones, so that all but one carry the load. */
const overZones = ({ units, loads, weights }: Asked): Layers | undefined => {
  let best: Layers | undefined;
  const kinds = new Map<string, BuyableUnit[]>();
  for (const unit of units) {
    const key = `${unit.candidate.id}|${unit.committed}`;
    kinds.set(key, [...(kinds.get(key) ?? []), unit]);
  }
  for (const ofKind of kinds.values()) {
    const zones = ofKind.toSorted((a, b) => Number(a.price - b.price) || (a.offer.id < b.offer.id ? -1 : 1));
    for (let most = 2; most <= zones.length; most++) {
      const used = zones.slice(0, most);
      const needed = loads.map((load) => Math.ceil(load / ((most - 1) * (used[0]?.mixCapacity ?? 0)) - 1e-9));
      const counts = used[0]?.committed ? needed.map(() => Math.max(...needed)) : needed;
      if (used.some((unit) => unit.most < Math.max(...counts))) continue;
      const perCount = used.reduce((sum, { price }) => sum + toUsd(price), 0);
      const cost = counts.reduce((sum, count, group) => sum + count * perCount * (weights[group] ?? 0), 0);
      if (!best || cost < best.cost - 1e-9) best = { counts: new Map(used.map((unit) => [unit, counts])), cost };
    }
  }
  return best;
};

export const keepsQuotas = (question: Pick<LayeredQuestion, "rules" | "groups">, counts: UnitCounts): boolean =>
  brokenQuotas(question, counts).size === 0;

export const brokenQuotas = ({ rules, groups }: Pick<LayeredQuestion, "rules" | "groups">, counts: UnitCounts): Set<number> => {
  const broken = rules.quotas.flatMap((quota, position) => {
    const over = groups.some((_, group) => {
      let used = 0;
      for (const [unit, ofUnit] of counts)
        if (unit.quotas.includes(position))
          used += (ofUnit[group] ?? 0) * (quota.counts === "accelerators" ? unit.accelerators : unit.instances);
      return used > quota.max;
    });
    return over ? [position] : [];
  });
  return new Set(broken);
};

import { toUsd } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";

export interface RefillQuestion {
  /** Units by the hour of one service with one class. */
  readonly units: readonly BuyableUnit[];
  /** Share of the busiest hour that is not carried yet. */
  readonly missing: number;
  /** Accelerators by which spot is over its share; below 0: room for more. */
  readonly over: number;
  readonly spotMaxShare: number;
}

/** Beyond so many nodes the best found so far is taken. */
const mostNodes = 4000;

const dust = 1e-9;

/** A choice for the first few kinds. */
interface PartialFill {
  readonly left: number;
  readonly stillOver: number;
  readonly counts: readonly number[];
  readonly cost: number;
}

/** The cheapest whole units that carry what is missing and keep the spot share, by depth-first search; undefined: none do. */
export const refill = ({ units, missing, over, spotMaxShare }: RefillQuestion): ReadonlyMap<BuyableUnit, number> | undefined => {
  const items = units
    .map((unit) => ({ unit, price: toUsd(unit.price), adds: unit.accelerators * ((unit.spot ? 1 : 0) - spotMaxShare) }))
    .toSorted((a, b) => a.price / a.unit.mixCapacity - b.price / b.unit.mixCapacity || (a.unit.offer.id < b.unit.offer.id ? -1 : 1));
  let best: PartialFill | undefined;
  let nodes = 0;
  const search = (position: number, { left, stillOver, counts, cost }: PartialFill): void => {
    const item = items[position];
    const isWhole = left <= dust && stillOver <= dust;
    if (isWhole && (!best || cost < best.cost)) best = { left, stillOver, counts, cost };
    if (isWhole || !item || nodes++ > mostNodes) return;
    if (best && cost + Math.max(0, left) * (item.price / item.unit.mixCapacity) >= best.cost - dust) return;
    const forLoad = Math.ceil(Math.max(0, left) / item.unit.mixCapacity - dust);
    const forShare = item.adds < 0 ? Math.ceil(Math.max(0, stillOver) / -item.adds - dust) : 0;
    for (let count = Math.max(forLoad, forShare); count >= 0; count--)
      search(position + 1, {
        left: left - count * item.unit.mixCapacity,
        stillOver: stillOver + count * item.adds,
        counts: [...counts, count],
        cost: cost + count * item.price,
      });
  };
  search(0, { left: missing, stillOver: over, counts: [], cost: 0 });
  return best && new Map(best.counts.flatMap((count, at) => (items[at] && count > 0 ? [[items[at].unit, count] as const] : [])));
};

import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { sizeOf } from "../formulate/divide-units.ts";

/** Instances of one kind that the lines named here run on. */
export interface Site {
  /** Of what may run there; all cost the same and draw on the same limits. */
  readonly unit: BuyableUnit;
  readonly price: number;
  readonly accelerators: number;
  readonly lines: readonly number[];
}

/** Replicas of one service on one site. */
export interface Line {
  readonly unit: BuyableUnit;
  readonly need: number;
  readonly site: number;
  readonly size: number;
  /** Share of the service's busiest hour that one replica carries. */
  readonly carries: number;
}

export interface Layout {
  readonly lines: readonly Line[];
  readonly sites: readonly Site[];
}

/** Replicas by line, and instances by site. */
export interface Packing {
  readonly replicas: readonly number[];
  readonly instances: readonly number[];
}

export interface HourToPack {
  readonly layout: Layout;
  /** By service; undefined where its replicas must stay as they are. */
  readonly loads: readonly (number | undefined)[];
  /** Sites where one more instance may be tried. */
  readonly mayOpen: readonly number[];
  readonly keepsRules: (instances: readonly number[]) => boolean;
}

/** A load counts as carried when this share of it is. */
const almost = 1 - 1e-12;

/** Units that may share stand on one site for each offer, any other on a site of its own. */
export const layoutOf = (units: readonly BuyableUnit[], shareable: ReadonlySet<BuyableUnit>, needs: readonly unknown[]): Layout => {
  const sites: { unit: BuyableUnit; price: number; accelerators: number; lines: number[] }[] = [];
  const siteOf = new Map<unknown, number>();
  const lines = units.map((unit, index): Line => {
    const key = shareable.has(unit) ? unit.offer : unit;
    const site = siteOf.get(key) ?? sites.push({ unit, price: Number(unit.price) / 1e6, accelerators: unit.accelerators, lines: [] }) - 1;
    siteOf.set(key, site);
    sites[site]?.lines.push(index);
    const need = needs.indexOf(unit.candidate.need);
    return { unit, need, site, size: sizeOf(unit), carries: unit.mixCapacity / unit.replicas };
  });
  return { lines, sites };
};

export const packed = (layout: Layout, replicas: readonly number[]): Packing => ({
  replicas,
  instances: layout.sites.map((site) => Math.ceil(usedOn(layout, site, replicas) / site.accelerators - 1e-9)),
});

const usedOn = ({ lines }: Layout, site: Site, replicas: readonly number[]): number =>
  site.lines.reduce((sum, line) => sum + (replicas[line] ?? 0) * (lines[line]?.size ?? 0), 0);

export const packingCost = ({ sites }: Layout, { instances }: Packing): number =>
  sites.reduce((sum, { price }, at) => sum + price * (instances[at] ?? 0), 0);

/** What an hour's service has in all. */
export const carriedBy = ({ lines }: Layout, replicas: readonly number[], need: number): number =>
  lines.reduce((sum, line, at) => (line.need === need ? sum + line.carries * (replicas[at] ?? 0) : sum), 0);

/**
 * Fewer instances for the same loads: replicas that no load needs are dropped, and as long as one instance's replicas find room
 * on others that are paid for anyway, it is given up; an instance more is tried where it empties dearer ones. Never dearer.
 */
export const packHour = (hour: HourToPack, start: readonly number[]): Packing => {
  const { layout } = hour;
  const before = packed(layout, start);
  let best = emptied(hour, packed(layout, trimmed(hour, start)));
  for (let round = 0; round < mostOpened; round++) {
    const opened = hour.mayOpen
      .map((site) => emptied(hour, withOneMore(best, site), site))
      .filter(({ instances }) => hour.keepsRules(instances))
      .reduce<Packing | undefined>(
        (least, one) => (!least || packingCost(layout, one) < packingCost(layout, least) ? one : least),
        undefined,
      );
    if (!opened || packingCost(layout, opened) >= packingCost(layout, best) - 1e-9) break;
    best = opened;
  }
  return packingCost(layout, best) <= packingCost(layout, before) + 1e-9 && hour.keepsRules(best.instances) ? best : before;
};

const mostOpened = 6;

const withOneMore = ({ replicas, instances }: Packing, site: number): Packing => ({
  replicas,
  instances: instances.map((count, at) => (at === site ? count + 1 : count)),
});

/** The dearest for what they carry first. */
const trimmed = ({ layout, loads }: HourToPack, start: readonly number[]): number[] => {
  const replicas = [...start];
  loads.forEach((load, need) => {
    if (load === undefined) return;
    let spare = carriedBy(layout, replicas, need) - load * almost;
    for (const line of linesOf(layout, need).toSorted((a, b) => priceOf(layout, b) - priceOf(layout, a))) {
      const { carries } = layout.lines[line] as Line;
      const count = Math.min(replicas[line] ?? 0, Math.max(0, Math.floor(spare / carries)));
      replicas[line] = (replicas[line] ?? 0) - count;
      spare -= count * carries;
    }
  });
  return replicas;
};

const linesOf = ({ lines }: Layout, need: number): number[] => lines.flatMap((line, at) => (line.need === need ? [at] : []));

const priceOf = ({ lines, sites }: Layout, at: number): number => {
  const line = lines[at] as Line;
  const { price, accelerators } = sites[line.site] as Site;
  return (price * line.size) / accelerators / line.carries;
};

/** Instances given up one by one, the dearest first, until none can be; none of the site that is kept. */
const emptied = (hour: HourToPack, start: Packing, kept?: number): Packing => {
  const others = hour.layout.sites.flatMap((_, site) => (site === kept ? [] : [site]));
  const order = others.toSorted((a, b) => priceAt(hour, b) - priceAt(hour, a) || a - b);
  let packing = start;
  for (let changes = true; changes; ) {
    changes = false;
    for (const site of order) {
      const next = withOneLess(hour, packing, site);
      if (!next || !hour.keepsRules(next.instances)) continue;
      packing = next;
      changes = true;
    }
  }
  return packing;
};

const priceAt = ({ layout: { sites } }: HourToPack, site: number): number => sites[site]?.price ?? 0;

/** Undefined where what is over finds no room elsewhere. */
const withOneLess = (hour: HourToPack, { replicas: before, instances }: Packing, at: number): Packing | undefined => {
  const { layout, loads } = hour;
  const site = layout.sites[at];
  if (!site || (instances[at] ?? 0) === 0) return undefined;
  let replicas = before;
  let over = usedOn(layout, site, replicas) - site.accelerators * ((instances[at] ?? 0) - 1);
  for (const index of site.lines) {
    const { size, need } = layout.lines[index] as Line;
    const load = loads[need];
    if (load === undefined) continue;
    const moveOne = () => (over > 0 && (replicas[index] ?? 0) > 0 ? withoutOne({ layout, instances, load }, replicas, index) : undefined);
    for (let moved = moveOne(); moved; moved = moveOne()) {
      replicas = moved;
      over -= size;
    }
  }
  return over > 0 ? undefined : { replicas, instances: instances.map((count, other) => (other === at ? count - 1 : count)) };
};

interface MoveWithin {
  readonly layout: Layout;
  readonly instances: readonly number[];
  readonly load: number;
}

/** One replica less of a line, and what its service then lacks on free accelerators of other sites. */
const withoutOne = ({ layout, instances, load }: MoveWithin, before: readonly number[], index: number): number[] | undefined => {
  const { need, site } = layout.lines[index] as Line;
  const replicas = before.map((count, at) => (at === index ? count - 1 : count));
  let missing = load * almost - carriedBy(layout, replicas, need);
  for (const other of linesOf(layout, need)) {
    if (missing <= 0) break;
    const line = layout.lines[other] as Line;
    const there = layout.sites[line.site] as Site;
    if (line.site === site) continue;
    const room = there.accelerators * (instances[line.site] ?? 0) - usedOn(layout, there, replicas);
    const count = Math.min(Math.floor(room / line.size + 1e-9), Math.ceil(missing / line.carries));
    replicas[other] = (replicas[other] ?? 0) + Math.max(0, count);
    missing -= Math.max(0, count) * line.carries;
  }
  return missing <= 0 ? replicas : undefined;
};

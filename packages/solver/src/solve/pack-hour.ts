import { toUsd } from "@headroom/core";
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
  /** By service: positions of its lines, the dearest for what they carry first. */
  readonly linesOf: readonly (readonly number[])[];
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

/** Sums of floats may miss a whole by this much. */
const dust = 1e-9;

/** Units that may share stand on one site for each offer, any other on a site of its own. */
export const layoutOf = (units: readonly BuyableUnit[], shareable: ReadonlySet<BuyableUnit>, needs: readonly unknown[]): Layout => {
  const sites: { unit: BuyableUnit; price: number; accelerators: number; lines: number[] }[] = [];
  const siteOf = new Map<unknown, number>();
  const lines = units.map((unit, index): Line => {
    const key = shareable.has(unit) ? unit.offer : unit;
    const site = siteOf.get(key) ?? sites.push({ unit, price: toUsd(unit.price), accelerators: unit.accelerators, lines: [] }) - 1;
    siteOf.set(key, site);
    sites[site]?.lines.push(index);
    const need = needs.indexOf(unit.candidate.need);
    return { unit, need, site, size: sizeOf(unit), carries: unit.mixCapacity / unit.replicas };
  });
  const perLoad = (line: number) => toUsd(units[line]?.price ?? noPrice) / (units[line]?.mixCapacity ?? 1);
  const linesOf = needs.map((_, need) =>
    lines.flatMap((line, at) => (line.need === need ? [at] : [])).toSorted((a, b) => perLoad(b) - perLoad(a) || a - b),
  );
  return { lines, sites, linesOf };
};

const noPrice = 0n as BuyableUnit["price"];

/** The same sites and lines, of which only some may change. */
export const amongLines = (layout: Layout, may: (line: Line) => boolean): Layout => {
  const mayAt = (at: number) => may(layout.lines[at] as Line);
  return {
    lines: layout.lines,
    sites: layout.sites.map((site) => ({ ...site, lines: site.lines.filter(mayAt) })),
    linesOf: layout.linesOf.map((own) => own.filter(mayAt)),
  };
};

export const packed = (layout: Layout, replicas: readonly number[]): Packing => ({
  replicas,
  instances: layout.sites.map((site) => instancesOn(site, usedOn(layout, site, replicas))),
});

const instancesOn = ({ accelerators }: Site, used: number): number => Math.ceil(used / accelerators - dust);

export const usedOn = ({ lines }: Layout, { lines: own }: Site, replicas: readonly number[]): number =>
  own.reduce((sum, line) => sum + (replicas[line] ?? 0) * (lines[line]?.size ?? 0), 0);

export const packingCost = ({ sites }: Layout, { instances }: Packing): number =>
  sites.reduce((sum, { price }, at) => sum + price * (instances[at] ?? 0), 0);

/** What an hour's service has in all. */
export const carriedBy = ({ lines, linesOf }: Layout, replicas: readonly number[], need: number): number =>
  (linesOf[need] ?? []).reduce((sum, at) => sum + (lines[at]?.carries ?? 0) * (replicas[at] ?? 0), 0);

/**
 * Fewer instances for the same loads: replicas that no load needs are dropped, and as long as one instance's replicas find room
 * on others that are paid for anyway, it is given up; an instance more is tried where it empties dearer ones. Never dearer.
 */
export const packHour = (hour: HourToPack, start: readonly number[]): Packing => {
  const { layout } = hour;
  const before = packed(layout, start);
  let best = stateOf(layout, start);
  trim(hour, best);
  giveUpInstances(hour, best);
  for (let round = 0; round < mostOpened; round++) {
    const opened = hour.mayOpen
      .map((site) => withOneMore(hour, best, site))
      .filter(({ instances }) => hour.keepsRules(instances))
      .reduce<State | undefined>(
        (least, one) => (!least || packingCost(layout, one) < packingCost(layout, least) ? one : least),
        undefined,
      );
    if (!opened || packingCost(layout, opened) >= packingCost(layout, best) - dust) break;
    best = opened;
  }
  return packingCost(layout, best) <= packingCost(layout, before) + dust && hour.keepsRules(best.instances) ? best : before;
};

const mostOpened = 6;

/** A packing while it is changed. */
interface State extends Packing {
  readonly replicas: number[];
  readonly instances: number[];
  /** Accelerators, by site. */
  readonly used: number[];
  /** Share of the busiest hour, by service. */
  readonly carried: number[];
}

const stateOf = (layout: Layout, start: readonly number[]): State => {
  const replicas = [...start];
  const used = layout.sites.map((site) => usedOn(layout, site, replicas));
  const carried = layout.linesOf.map((_, need) => carriedBy(layout, replicas, need));
  return { replicas, used, carried, instances: layout.sites.map((site, at) => instancesOn(site, used[at] ?? 0)) };
};

const add = ({ lines }: Layout, state: State, at: number, count: number): void => {
  const { site, need, size, carries } = lines[at] as Line;
  state.replicas[at] = (state.replicas[at] ?? 0) + count;
  state.used[site] = (state.used[site] ?? 0) + count * size;
  state.carried[need] = (state.carried[need] ?? 0) + count * carries;
};

/** Replicas that no load needs, and instances that stand empty then. */
const trim = ({ layout, loads }: HourToPack, state: State): void => {
  loads.forEach((load, need) => {
    if (load === undefined) return;
    for (const at of layout.linesOf[need] ?? []) {
      const spare = (state.carried[need] ?? 0) - load * almost;
      const count = Math.min(state.replicas[at] ?? 0, Math.floor(spare / (layout.lines[at] as Line).carries));
      if (count > 0) add(layout, state, at, -count);
    }
  });
  layout.sites.forEach((site, at) => {
    state.instances[at] = instancesOn(site, state.used[at] ?? 0);
  });
};

const withOneMore = (hour: HourToPack, { replicas, instances, used, carried }: State, site: number): State => {
  const state = { replicas: [...replicas], instances: [...instances], used: [...used], carried: [...carried] };
  state.instances[site] = (state.instances[site] ?? 0) + 1;
  giveUpInstances(hour, state, site);
  return state;
};

/** One by one, the dearest first, until none can be given up; none of the site that is kept. */
const giveUpInstances = (hour: HourToPack, state: State, kept?: number): void => {
  const { sites } = hour.layout;
  const order = sites
    .flatMap((_, site) => (site === kept || (state.instances[site] ?? 0) === 0 ? [] : [site]))
    .toSorted((a, b) => (sites[b]?.price ?? 0) - (sites[a]?.price ?? 0) || a - b);
  for (const site of order) while (giveUpOne(hour, state, site));
};

/** False, and nothing changed, where what is over finds no room elsewhere. */
const giveUpOne = (hour: HourToPack, state: State, at: number): boolean => {
  const { layout, loads } = hour;
  const site = layout.sites[at];
  if (!site || (state.instances[at] ?? 0) === 0) return false;
  const moves: [number, number][] = [];
  const most = site.accelerators * ((state.instances[at] ?? 0) - 1);
  for (const line of site.lines) {
    const load = loads[(layout.lines[line] as Line).need];
    while (load !== undefined && (state.used[at] ?? 0) > most && moveOne(layout, state, { line, load, moves }));
  }
  state.instances[at] = (state.instances[at] ?? 0) - 1;
  if ((state.used[at] ?? 0) <= most && hour.keepsRules(state.instances)) return true;
  state.instances[at] = (state.instances[at] ?? 0) + 1;
  for (const [line, count] of moves.toReversed()) add(layout, state, line, -count);
  return false;
};

interface Move {
  readonly line: number;
  readonly load: number;
  readonly moves: [number, number][];
}

/** One replica less of a line, and what its service then lacks on free accelerators of other sites. */
const moveOne = (layout: Layout, state: State, { line, load, moves }: Move): boolean => {
  if ((state.replicas[line] ?? 0) === 0) return false;
  const before = moves.length;
  const change = (at: number, count: number) => {
    add(layout, state, at, count);
    moves.push([at, count]);
  };
  change(line, -1);
  const { need, site } = layout.lines[line] as Line;
  for (const other of layout.linesOf[need] ?? []) {
    const missing = load * almost - (state.carried[need] ?? 0);
    if (missing <= 0) return true;
    const there = layout.lines[other] as Line;
    const count = there.site === site ? 0 : Math.min(fitting(layout, state, there), Math.ceil(missing / there.carries));
    if (count > 0) change(other, count);
  }
  if ((state.carried[need] ?? 0) >= load * almost) return true;
  for (const [at, count] of moves.splice(before).toReversed()) add(layout, state, at, -count);
  return false;
};

/** Replicas of a line that fit beside what is on its site. */
const fitting = ({ sites }: Layout, { instances, used }: State, { site, size }: Line): number =>
  Math.floor(((sites[site]?.accelerators ?? 0) * (instances[site] ?? 0) - (used[site] ?? 0)) / size + dust);

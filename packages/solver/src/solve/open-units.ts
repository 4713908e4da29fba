import { type BuyingRules, type ServiceNeed, toUsd } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { takenOf, worthOf } from "./bound-at-prices.ts";
import { type CoverRows, coverRows } from "./cover-rows.ts";
import type { PricedBin } from "./priced-bins.ts";

/** What a service may be carried with in any hour, and the rows that say whether whole units of it do. */
export interface OpenService {
  readonly need: ServiceNeed;
  readonly index: number;
  /** Bought once for all hours, or in short supply: their counts are given. */
  readonly fixed: readonly BuyableUnit[];
  /** By the hour and in free supply: their counts are chosen hour by hour. */
  readonly open: readonly BuyableUnit[];
  /** By row and fixed unit, and by row and open unit. */
  readonly fixedRows: CoverRows;
  readonly openRows: CoverRows;
}

export interface OpenQuestion {
  readonly needs: readonly ServiceNeed[];
  /** What the relaxation was asked with, and everything there is. */
  readonly used: readonly BuyableUnit[];
  readonly units: readonly BuyableUnit[];
  readonly rules: BuyingRules;
  readonly bins: readonly PricedBin[];
  readonly search: keyof typeof mostBeside;
}

/** So many units that the relaxation does not use are open beside those it does. */
const mostBeside = { wide: 9, narrow: 3 } as const;

export const openServices = ({ needs, used, units, rules, bins, search }: OpenQuestion): OpenService[] =>
  needs.map((need, index) => {
    const ofNeed = ({ candidate }: BuyableUnit) => candidate.need === need;
    const fixed = used.filter((unit) => ofNeed(unit) && isFixed(unit));
    const free = units.filter((unit) => ofNeed(unit) && !isFixed(unit));
    const replaced = replacedUnits(free);
    const single = free.filter((unit) => !replaced.has(unit));
    const wanted = new Set(used.map((unit) => replaced.get(unit) ?? unit));
    const meanAbove = (unit: BuyableUnit) =>
      bins.reduce((sum, { prices }) => sum + toUsd(unit.price) + takenOf(unit, rules, prices) - worthOf(unit, index, prices), 0);
    const beside = single
      .filter((unit) => !wanted.has(unit))
      .map((unit) => ({ unit, above: meanAbove(unit) }))
      .toSorted((a, b) => a.above - b.above || (a.unit.offer.id < b.unit.offer.id ? -1 : 1))
      .slice(0, mostBeside[search])
      .map(({ unit }) => unit);
    const open = [...single.filter((unit) => wanted.has(unit)), ...beside];
    const rows = coverRows([...fixed, ...open].map((unit) => sharesOf(unit, need)));
    const [fixedRows, openRows] = [rows.map((row) => row.slice(0, fixed.length)), rows.map((row) => row.slice(fixed.length))];
    return { need, index, fixed, open, fixedRows, openRows };
  });

const isFixed = ({ committed, quotas, most }: BuyableUnit): boolean => committed || quotas.length > 0 || Number.isFinite(most);

/** Of each class in its busiest hour, the share that one unit carries alone. */
const sharesOf = ({ capacities }: BuyableUnit, { classes }: ServiceNeed): number[] =>
  classes.map(({ amount }, at) => (capacities[at] ?? 0) / amount);

const dust = 1e-12;

/** Units that several smaller ones replace: together no dearer, no less capacity in any class, and no harm to the spot share. */
const replacedUnits = (free: readonly BuyableUnit[]): ReadonlyMap<BuyableUnit, BuyableUnit> => {
  const replaced = new Map<BuyableUnit, BuyableUnit>();
  for (const unit of free.toSorted((a, b) => Number(b.price - a.price)))
    for (const by of free) {
      const count = Number(unit.price / by.price);
      if (by === unit || count < 2 || replaced.has(by) || by.spot !== unit.spot) continue;
      const accelerators = count * by.accelerators;
      const keepsShare = unit.spot ? accelerators <= unit.accelerators : accelerators >= unit.accelerators;
      const carries = unit.capacities.every((capacity, at) => count * (by.capacities[at] ?? 0) >= capacity * (1 - dust));
      if (!keepsShare || !carries) continue;
      replaced.set(unit, by);
      break;
    }
  return replaced;
};

import { type BuyingRules, toUsd } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import type { HourGroup } from "../formulate/hour-groups.ts";
import { takenOf, worthOf } from "./bound-at-prices.ts";
import type { OpenService } from "./open-units.ts";
import type { PricedBin } from "./priced-bins.ts";
import { type OpenUnit, type WholeQuestion, wholeUnits } from "./whole-units.ts";

export interface RelaxedHour {
  readonly group: HourGroup;
  /** What the relaxation has at work in the hour. */
  readonly relaxed: ReadonlyMap<BuyableUnit, number>;
  readonly prices: PricedBin["prices"];
  readonly search: WholeQuestion["search"];
}

type HourCounts = ReadonlyMap<BuyableUnit, number>;

/**
 * The relaxation of one hour made whole, service by service: those first that cannot make room for spot, then from the coarsest
 * to the finest. What a service leaves of the spot that the relaxation gives it, or takes beyond, is the next one's to use or to
 * make good. Undefined where a service finds nothing near.
 */
export const wholeHour = (services: readonly OpenService[], rules: BuyingRules, hour: RelaxedHour): HourCounts | undefined => {
  const all = new Map<BuyableUnit, number>();
  const asked = services.map((service) => askedOf(service, rules, hour));
  let room = -sharesOver(rules, hour.relaxed);
  for (const { service, open, given, missing, finest, ...one } of asked.toSorted((a, b) => b.finest - a.finest)) {
    room += one.room;
    const makesRoom = Number.isFinite(finest);
    const counts = wholeUnits({
      units: makesRoom ? open : open.map(({ price, adds }) => ({ price: Math.max(0, price + hour.prices.spot * adds), adds: 0 })),
      rows: service.openRows,
      missing,
      most: makesRoom ? room : Number.POSITIVE_INFINITY,
      search: hour.search,
    });
    if (!counts) return undefined;
    room -= open.reduce((sum, { adds }, at) => sum + adds * (counts[at] ?? 0), 0);
    for (const [at, unit] of service.fixed.entries()) all.set(unit, given[at] ?? 0);
    for (const [at, unit] of service.open.entries()) all.set(unit, counts[at] ?? 0);
  }
  return room < -dust ? undefined : all;
};

const dust = 1e-6;

/** Accelerators by which one lifts spot over its share; below 0 it makes room for spot. */
const addsOf = ({ spotMaxShare }: BuyingRules, { spot, accelerators }: BuyableUnit): number =>
  spotMaxShare < 1 ? accelerators * ((spot ? 1 : 0) - spotMaxShare) : 0;

const sharesOver = (rules: BuyingRules, counts: HourCounts): number =>
  [...counts].reduce((sum, [unit, count]) => sum + addsOf(rules, unit) * count, 0);

interface Asked {
  readonly service: OpenService;
  readonly open: readonly OpenUnit[];
  /** Counts of the fixed units. */
  readonly given: readonly number[];
  readonly missing: readonly number[];
  /** Accelerators over the spot share that the relaxation lets the open units add. */
  readonly room: number;
  /** Price of the smallest unit that makes room for spot at its worth; without end where there is none. */
  readonly finest: number;
}

const askedOf = (service: OpenService, rules: BuyingRules, { group, relaxed, prices }: RelaxedHour): Asked => {
  const { need, index, fixed, fixedRows } = service;
  const limited = rules.spotMaxShare < 1;
  const given = fixed.map((unit) => wholeCount(unit, relaxed.get(unit) ?? 0));
  const load = group.loads[index] ?? 0;
  const missing = fixedRows.map((row) => given.reduce((left, count, at) => left - count * (row[at] ?? 0), load));
  let room = 0;
  for (const [unit, count] of relaxed) if (unit.candidate.need === need) room += addsOf(rules, unit) * count;
  fixed.forEach((unit, at) => {
    room -= addsOf(rules, unit) * (given[at] ?? 0);
  });
  const finest = service.open
    .filter((unit) => !limited || (!unit.spot && toUsd(unit.price) + takenOf(unit, rules, prices) <= worthOf(unit, index, prices) + 1e-6))
    .reduce((least, { price }) => Math.min(least, toUsd(price)), Number.POSITIVE_INFINITY);
  return {
    service,
    open: service.open.map((unit) => ({ price: toUsd(unit.price), adds: addsOf(rules, unit) })),
    given,
    missing,
    room,
    finest,
  };
};

/** Commitments to the next whole one, what may run out to the one before. */
const wholeCount = (unit: BuyableUnit, relaxed: number): number =>
  unit.committed && unit.quotas.length === 0 && !Number.isFinite(unit.most) ? Math.ceil(relaxed - dust) : Math.floor(relaxed + dust);

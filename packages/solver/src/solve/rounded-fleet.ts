import { type BuyingRules, type ServiceNeed, toUsd } from "@headroom/core";
import type { SolveLimits } from "../backends/backend.ts";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { formulateFleet } from "../formulate/formulate-fleet.ts";
import type { HourGroup } from "../formulate/hour-groups.ts";
import type { Backends } from "./backends.ts";
import type { RelaxedCounts } from "./coarse-relaxation.ts";
import type { UnitCounts } from "./layered-fleet.ts";
import { openServices } from "./open-units.ts";
import { type PricedBin, pricedBins } from "./priced-bins.ts";
import { refill } from "./refill.ts";
import { type RelaxedHour, wholeHour } from "./whole-hour.ts";

interface RoundedQuestion {
  readonly needs: readonly ServiceNeed[];
  /** Those that the relaxation over a few groups uses. */
  readonly units: readonly BuyableUnit[];
  readonly rules: BuyingRules;
  readonly groups: readonly HourGroup[];
}

export interface RoundedFleet {
  readonly counts: UnitCounts;
  readonly bins: readonly PricedBin[];
}

interface Rounding extends RoundedQuestion {
  /** What there is beside what the relaxation uses. */
  readonly all: readonly BuyableUnit[];
  /** From then on nothing is relaxed and no hour is looked at closely. */
  readonly isLate: () => boolean;
  /** The relaxation over a few groups, for where there is no time for one over every hour. */
  readonly coarse: { readonly bins: readonly PricedBin[]; readonly relaxed: RelaxedCounts };
}

/**
 * The relaxation over every hour, made whole: commitments first, then hour by hour each candidate's work on whole units, spot
 * within its share, and last what turns out to be too much given back.
 */
export const roundedFleet = async (
  { all, coarse, isLate, ...question }: Rounding,
  limits: SolveLimits,
  backends: Backends,
): Promise<RoundedFleet> => {
  const hours = (isLate() ? undefined : await everyHour(question, limits, backends)) ?? stretched(question, coarse);
  return { counts: madeWhole({ all, coarse, isLate, ...question }, hours, "wide"), bins: hours.bins };
};

/** The same from the relaxation over a few groups alone, each hour looked at more narrowly: a tenth of the time, seldom 0.1 % dearer. */
export const nearlyRounded = (question: Rounding): UnitCounts => madeWhole(question, stretched(question, question.coarse), "narrow");

const madeWhole = ({ all, coarse, isLate, ...question }: Rounding, hours: EveryHour, search: RelaxedHour["search"]): UnitCounts => {
  const { needs, units, rules, groups } = question;
  const { relaxed, pricesIn, bins } = hours;
  const services = openServices({ needs, used: units, units: all, rules, bins: bins.length > 0 ? bins : coarse.bins, search });
  const whole = groups.map((group, index) => {
    const ofHour = relaxed.map((ofUnit) => ofUnit[index] ?? 0);
    const byUnit = new Map(units.map((unit, at) => [unit, ofHour[at] ?? 0]));
    const prices = isLate() ? undefined : pricesIn(index);
    const near = prices && wholeHour(services, rules, { group, relaxed: byUnit, prices, search });
    if (near) return near;
    const counts = eachWhole(question, group, ofHour);
    return new Map(units.map((unit, at) => [unit, counts[at] ?? 0]));
  });
  const bought = new Set(whole.flatMap((hour) => [...hour].flatMap(([unit, count]) => (count > 0 ? [unit] : []))));
  return new Map(all.filter((unit) => bought.has(unit)).map((unit) => [unit, whole.map((hour) => hour.get(unit) ?? 0)]));
};

interface EveryHour {
  /** By unit and group. */
  readonly relaxed: readonly (readonly number[])[];
  readonly pricesIn: (group: number) => PricedBin["prices"] | undefined;
  /** One for each group, where the groups were priced by themselves. */
  readonly bins: readonly PricedBin[];
}

/** Undefined where the relaxation has no optimum in time. */
const everyHour = async (
  { needs, units, rules, groups }: RoundedQuestion,
  limits: SolveLimits,
  backends: Backends,
): Promise<EveryHour | undefined> => {
  const formulation = formulateFleet({
    needs,
    units,
    rules: { ...rules, budgetPerMonth: undefined },
    groups,
    switching: { inForce: new Map<string, number>(), usdPerHour: 0 },
    kind: "continuous",
  });
  const large = await backends.large();
  const outcome = large.solve(formulation.program, limits);
  if (outcome.status !== "optimal") return undefined;
  const relaxed = units.map((_, unit) => groups.map((_group, group) => outcome.values[formulation.counts[unit]?.[group] ?? -1] ?? 0));
  const apart = groups.map((group) => ({ group, members: [group] }));
  const bins = outcome.rowDuals ? pricedBins(apart, formulation, outcome.rowDuals) : [];
  return { relaxed, bins, pricesIn: (group) => bins[group]?.prices };
};

/** What the relaxation has by the hour in a bin, in proportion to the service's load in each of its hours. */
const stretched = ({ needs, units, groups }: RoundedQuestion, { bins, relaxed }: Rounding["coarse"]): EveryHour => {
  const binOf = groups.map((group) => bins.findIndex(({ members }) => members.includes(group)));
  const meanOf = (bin: number, need: number): number => {
    const members = bins[bin]?.members ?? [];
    const hours = members.reduce((sum, member) => sum + member.hours.length, 0);
    return members.reduce((sum, member) => sum + (member.loads[need] ?? 0) * member.hours.length, 0) / hours;
  };
  const countIn = (unit: BuyableUnit, group: number): number => {
    const [bin, need] = [binOf[group] ?? -1, needs.indexOf(unit.candidate.need)];
    const [count, mean] = [relaxed.get(unit)?.[bin] ?? 0, meanOf(bin, need)];
    return unit.committed || mean === 0 ? count : (count * (groups[group]?.loads[need] ?? 0)) / mean;
  };
  return {
    relaxed: units.map((unit) => groups.map((_, group) => countIn(unit, group))),
    bins: [],
    pricesIn: (group) => bins[binOf[group] ?? -1]?.prices,
  };
};

/** Fractions like 3.0000001 are whole. */
const dust = 1e-6;

/** Whole counts near the relaxation's, each candidate by itself: for where no prices say what else could carry its work. */
export const eachWhole = (question: RoundedQuestion, group: HourGroup, relaxed: readonly number[]): number[] => {
  const counts = wholeCounts(question.units, relaxed);
  refillSingles(question, group, { counts, relaxed });
  addBallast(question, counts);
  giveBack(question, group, counts);
  return counts;
};

/**
 * Of each candidate: commitments to the next whole one, what may run out and spot to the one before, and by the hour what is
 * still missing.
 */
const wholeCounts = (units: readonly BuyableUnit[], relaxed: readonly number[]): number[] => {
  const counts = units.map((unit, index) => {
    const count = relaxed[index] ?? 0;
    return isScarce(unit) || unit.spot ? Math.floor(count + dust) : unit.committed ? Math.ceil(count - dust) : 0;
  });
  for (const candidate of new Set(units.map((unit) => unit.candidate))) {
    const own = units.flatMap((unit, index) => (unit.candidate === candidate ? [{ unit, index }] : []));
    const carried = (of: readonly number[]) => own.reduce((sum, { unit, index }) => sum + unit.dependable * (of[index] ?? 0), 0);
    const missing = carried(relaxed) - carried(counts);
    if (missing <= dust) continue;
    const filler = fillerOf(own);
    if (filler) counts[filler.index] = (counts[filler.index] ?? 0) + Math.ceil(missing / filler.unit.dependable - dust);
  }
  return counts;
};

/** So many units of each kind are chosen anew beside the fraction. */
const openUnits = 1;

/** A service with one class needs no routing: what is missing of it can be carried by any of its units. */
const refillSingles = (
  { needs, units, rules }: RoundedQuestion,
  { loads }: HourGroup,
  { counts, relaxed }: { readonly counts: number[]; readonly relaxed: readonly number[] },
): void => {
  needs.forEach((need, index) => {
    if (need.classes.length > 1) return;
    const own = units.flatMap((unit, at) => (unit.candidate.need === need ? [{ unit, at }] : []));
    const free = own.filter(({ unit }) => !unit.committed && !isScarce(unit));
    const floored = counts.map((count, at) =>
      free.some((other) => other.at === at) ? Math.max(0, Math.floor((relaxed[at] ?? 0) + dust) - openUnits) : count,
    );
    const carried = own.reduce((sum, { unit, at }) => sum + unit.mixCapacity * (floored[at] ?? 0), 0);
    const over = rules.spotMaxShare < 1 ? spotOver(units, rules, floored) : 0;
    const extra = refill({
      units: free.map(({ unit }) => unit),
      missing: (loads[index] ?? 0) - carried,
      over,
      spotMaxShare: Math.min(1, rules.spotMaxShare),
    });
    if (!extra) return;
    for (const { unit, at } of free) counts[at] = (floored[at] ?? 0) + (extra.get(unit) ?? 0);
  });
};

const isScarce = ({ quotas, most }: BuyableUnit): boolean => quotas.length > 0 || Number.isFinite(most);

/** By the hour before spot, and what does not run out before what does. */
const fillerOf = <T extends { readonly unit: BuyableUnit }>(own: readonly T[]): T | undefined => {
  const free = own.filter(({ unit }) => !unit.committed && !isScarce(unit));
  return free.find(({ unit }) => !unit.spot) ?? free[0] ?? own.find(({ unit }) => !unit.committed) ?? own[0];
};

/** Where spot is more than its share of the accelerators: the cheapest others per accelerator. */
const addBallast = ({ units, rules }: RoundedQuestion, counts: number[]): void => {
  const over = spotOver(units, rules, counts);
  if (over <= dust) return;
  const others = units
    .map((unit, index) => ({ unit, index }))
    .filter(({ unit }) => !unit.committed && !unit.spot && !isScarce(unit))
    .toSorted((a, b) => toUsd(a.unit.price) / a.unit.accelerators - toUsd(b.unit.price) / b.unit.accelerators || a.index - b.index);
  const [cheapest] = others;
  if (cheapest)
    counts[cheapest.index] = (counts[cheapest.index] ?? 0) + Math.ceil(over / (rules.spotMaxShare * cheapest.unit.accelerators) - dust);
};

/** Accelerators by which spot is over σ of all, in units of σ times an accelerator that is not spot. */
const spotOver = (units: readonly BuyableUnit[], { spotMaxShare }: BuyingRules, counts: readonly number[]): number =>
  units.reduce((sum, { spot, accelerators }, index) => sum + accelerators * (counts[index] ?? 0) * ((spot ? 1 : 0) - spotMaxShare), 0);

/** The dearest first: a unit by the hour without which its service is still carried and the spot share kept. */
const giveBack = ({ needs, units, rules }: RoundedQuestion, { loads }: HourGroup, counts: number[]): void => {
  const order = units.map((_, index) => index).toSorted((a, b) => Number((units[b]?.price ?? 0n) - (units[a]?.price ?? 0n)) || a - b);
  const limitsSpot = rules.spotMaxShare < 1;
  for (const index of order) {
    const unit = units[index];
    if (!unit || unit.committed) continue;
    const load = loads[needs.indexOf(unit.candidate.need)] ?? 0;
    while ((counts[index] ?? 0) > 0) {
      counts[index] = (counts[index] ?? 0) - 1;
      const mixed = units.reduce(
        (sum, other, at) => (other.candidate.need === unit.candidate.need ? sum + other.mixCapacity * (counts[at] ?? 0) : sum),
        0,
      );
      if (mixed >= load * (1 - 1e-12) && (!limitsSpot || spotOver(units, rules, counts) <= 0)) continue;
      counts[index] = (counts[index] ?? 0) + 1;
      break;
    }
  }
};

import { type BuyingRules, type ServiceNeed, toUsd } from "@headroom/core";
import type { SolveLimits, SolverOutcome } from "../backends/backend.ts";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { formulateFleet } from "../formulate/formulate-fleet.ts";
import { coarseGroups, type HourGroup } from "../formulate/hour-groups.ts";
import type { LinearProgram } from "../linear-program/linear-program.ts";
import type { Backends } from "./backends.ts";
import { takenOf, worthOf } from "./bound-at-prices.ts";
import { type Coarse, hoursOf, type PricedBin, pricedBins } from "./priced-bins.ts";

export interface WeekOfUnits {
  readonly needs: readonly ServiceNeed[];
  readonly units: readonly BuyableUnit[];
  readonly rules: BuyingRules;
  readonly groups: readonly HourGroup[];
}

/** Parts of units, by unit and bin. */
export type RelaxedCounts = ReadonlyMap<BuyableUnit, readonly number[]>;

export type CoarseRelaxation =
  | {
      readonly kind: "relaxed";
      readonly bins: readonly PricedBin[];
      /** What the relaxation buys anything of, and how much of it in an hour of each bin. */
      readonly used: readonly BuyableUnit[];
      readonly counts: RelaxedCounts;
    }
  | { readonly kind: "infeasible" }
  | { readonly kind: "unknown" };

/** So many groups of hours alike, fewer where there is more to buy, and so many units that are asked about at once. */
export interface Coarseness {
  readonly least: number;
  readonly unitsTimesGroups: number;
  readonly allAtOnce: number;
}

/** A week's program without whole counts, over groups of hours alike. */
export const coarseRelaxation = async (
  week: WeekOfUnits,
  { least, unitsTimesGroups, allAtOnce }: Coarseness,
  { limits, backends }: { readonly limits: SolveLimits; readonly backends: Backends },
): Promise<CoarseRelaxation> => {
  const coarse = coarseGroups(week.groups, Math.max(least, Math.floor(unitsTimesGroups / week.units.length)));
  const large = await backends.large();
  return relaxByPricing({ ...week, coarse }, allAtOnce, (program) => large.solve(program, limits));
};

type Solve = (program: LinearProgram) => SolverOutcome;

type Relaxation = WeekOfUnits & { readonly coarse: Coarse };

const mostJoining = 60;

/**
 * With more units than are asked about at once it begins with the likely ones, and those that its prices say are missing join until
 * none is, or the time is over: any prices bound.
 */
const relaxByPricing = (asked: Relaxation, allAtOnce: number, solve: Solve): CoarseRelaxation => {
  let units = asked.units.length > allAtOnce ? likelyUnits(asked) : asked.units;
  let last: CoarseRelaxation | undefined;
  for (;;) {
    const relaxed = relax({ ...asked, units }, solve);
    if (relaxed.kind === "unknown") return last ?? relaxed;
    if (units.length === asked.units.length) return relaxed;
    if (relaxed.kind === "relaxed") last = relaxed;
    const missing = relaxed.kind === "relaxed" ? missingUnits(asked, new Set(units), relaxed.bins) : asked.units;
    if (missing.length === 0) return relaxed;
    const joined = new Set([...units, ...missing]);
    units = asked.units.filter((unit) => joined.has(unit));
  }
};

const relax = ({ needs, units, rules, coarse }: Relaxation, solve: Solve): CoarseRelaxation => {
  const formulation = formulateFleet({
    needs,
    units,
    rules: { ...rules, budgetPerMonth: undefined, survive: "nothing" },
    groups: coarse.map(({ group }) => group),
    switching: { inForce: new Map(), usdPerHour: 0 },
    kind: "continuous",
  });
  const outcome = solve(formulation.program);
  if (outcome.status === "infeasible") return { kind: "infeasible" };
  if (outcome.status !== "optimal" || !outcome.rowDuals) return { kind: "unknown" };
  const used = units.filter((_, unit) => formulation.counts[unit]?.some((position) => (outcome.values[position] ?? 0) > 1e-7));
  const countOf = (unit: BuyableUnit): readonly number[] =>
    formulation.counts[units.indexOf(unit)]?.map((position) => outcome.values[position] ?? 0) ?? [];
  return {
    kind: "relaxed",
    bins: pricedBins(coarse, formulation, outcome.rowDuals),
    used,
    counts: new Map(used.map((unit) => [unit, countOf(unit)])),
  };
};

/** Of each service and way of buying, the cheapest few for each class and for each accelerator. */
const likelyUnits = ({ needs, units }: Relaxation): readonly BuyableUnit[] => {
  const likely = new Set<BuyableUnit>();
  for (const need of needs) {
    const measures = [
      ...need.classes.map((_, at) => (unit: BuyableUnit) => unit.capacities[at] ?? 0),
      (unit: BuyableUnit) => unit.accelerators,
    ];
    for (const way of ["committed", "spot", "by the hour"]) {
      const own = units.filter((unit) => unit.candidate.need === need && wayOf(unit) === way);
      for (const measure of measures) {
        const ranked = own.toSorted((a, b) => toUsd(a.price) / measure(a) - toUsd(b.price) / measure(b));
        for (const unit of ranked.slice(0, 2)) likely.add(unit);
      }
    }
  }
  return units.filter((unit) => likely.has(unit));
};

const wayOf = ({ committed, spot }: BuyableUnit): string => (committed ? "committed" : spot ? "spot" : "by the hour");

/** Units worth more than they cost at these prices, which the relaxation would buy: those that gain most for their price. */
const missingUnits = ({ needs, units, rules }: Relaxation, has: ReadonlySet<BuyableUnit>, bins: readonly PricedBin[]): BuyableUnit[] => {
  const hours = bins.reduce((sum, bin) => sum + hoursOf(bin), 0);
  return units
    .filter((unit) => !has.has(unit))
    .map((unit) => {
      const need = needs.indexOf(unit.candidate.need);
      const gains = bins.map(({ prices }) => worthOf(unit, need, prices) - takenOf(unit, rules, prices));
      const price = toUsd(unit.price);
      const gain = unit.committed
        ? gains.reduce((sum, one, bin) => sum + (one * hoursOf(bins[bin] as PricedBin)) / hours, 0)
        : Math.max(...gains);
      return { unit, ratio: gain / price };
    })
    .filter(({ ratio }) => ratio > 1 + 1e-7)
    .toSorted((a, b) => b.ratio - a.ratio)
    .slice(0, mostJoining)
    .map(({ unit }) => unit);
};

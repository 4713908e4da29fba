import { type BuyingRules, type ServiceNeed, toUsd } from "@headroom/core";
import type { SolveLimits, SolverOutcome } from "../backends/backend.ts";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { type FleetProgram, formulateFleet } from "../formulate/formulate-fleet.ts";
import { coarseGroups, type HourGroup } from "../formulate/hour-groups.ts";
import type { LinearProgram } from "../linear-program/linear-program.ts";
import type { Backends } from "./backends.ts";
import { type CoverItem, coverBound, fractionalBound } from "./knapsack-cover.ts";

interface BoundQuestion {
  readonly needs: readonly ServiceNeed[];
  readonly units: readonly BuyableUnit[];
  readonly rules: BuyingRules;
  readonly groups: readonly HourGroup[];
}

export type BoundOutcome =
  | {
      readonly kind: "bound";
      readonly usdPerHour: number;
      readonly backend: string;
      readonly bins: readonly PricedBin[];
      /** What the relaxation buys anything of. */
      readonly used: readonly BuyableUnit[];
    }
  | { readonly kind: "infeasible"; readonly backend: string }
  | { readonly kind: "unknown" };

/** The relaxation is solved over so many groups of hours, more where there is less to buy; its prices then bound every hour by itself. */
const pricedGroups = { least: 16, unitsTimesGroups: 4000 } as const;

/**
 * A proved lower bound on the cost of a week. The relaxation, over groups of hours alike, prices each class of each service in
 * each group, and the rules. With any such prices the hours come apart (Lagrange), and in each hour each service: there whole
 * units are counted again, which is what lifts the bound above the relaxation.
 *
 *   given      v_skg price of a unit of load, μ_g of spot share, ν_qg of quotas
 *   worth      w_ug = max_k v_skg · capacity_uk / amount_k        what a unit can serve at most, in money
 *   price      ρ_uh = price_u + μ, ν · what u takes;  committed: ρ_uh sums to its whole price over the hours
 *   bound      Σ_h ( Σ_s min { Σ ρ_uh n_u : Σ w_ug n_u ≥ Σ_k v_skg · load_sh, n whole } − Σ_q ν_qg · max_q )
 *
 * Whole units are counted for one service alone. Replicas of several services may share an instance, each paying for its part:
 * then a service pays for the share of an instance's accelerators that its replicas have, and n may be a fraction.
 */
export const hourlyBound = async (question: BoundQuestion, limits: SolveLimits, backends: Backends): Promise<BoundOutcome> => {
  const { units, groups } = question;
  const coarse = coarseGroups(groups, Math.max(pricedGroups.least, Math.floor(pricedGroups.unitsTimesGroups / units.length)));
  const large = await backends.large();
  const relaxed = relaxByPricing({ ...question, coarse }, (program) => large.solve(program, limits));
  if (relaxed.kind === "infeasible") return { kind: "infeasible", backend: large.name };
  if (relaxed.kind === "unknown") return relaxed;
  return { kind: "bound", usdPerHour: boundAt(question, relaxed.bins), backend: large.name, bins: relaxed.bins, used: relaxed.used };
};

type Solve = (program: LinearProgram) => SolverOutcome;

type Relaxed =
  | { readonly kind: "relaxed"; readonly bins: readonly PricedBin[]; readonly used: readonly BuyableUnit[] }
  | { readonly kind: "infeasible" }
  | { readonly kind: "unknown" };

type Relaxation = BoundQuestion & { readonly coarse: Coarse };

/** With more units the relaxation begins with the likely ones, and those that its prices say are missing join until none is. */
const allAtOnce = 150;
const mostJoining = 60;

const relaxByPricing = (asked: Relaxation, solve: Solve): Relaxed => {
  let units = asked.units.length > allAtOnce ? likelyUnits(asked) : asked.units;
  for (;;) {
    const relaxed = relax({ ...asked, units }, solve);
    if (units.length === asked.units.length || relaxed.kind === "unknown") return relaxed;
    const missing = relaxed.kind === "relaxed" ? missingUnits(asked, new Set(units), relaxed.bins) : asked.units;
    if (missing.length === 0) return relaxed;
    const joined = new Set([...units, ...missing]);
    units = asked.units.filter((unit) => joined.has(unit));
  }
};

const relax = ({ needs, units, rules, coarse }: Relaxation, solve: Solve): Relaxed => {
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
  return { kind: "relaxed", bins: pricedBins(coarse, formulation, outcome.rowDuals), used };
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
const missingUnits = ({ needs, units, rules }: BoundQuestion, has: ReadonlySet<BuyableUnit>, bins: readonly PricedBin[]): BuyableUnit[] => {
  const hours = bins.reduce((sum, bin) => sum + hoursOf(bin), 0);
  return units
    .filter((unit) => !has.has(unit))
    .map((unit) => {
      const need = needs.indexOf(unit.candidate.need);
      const gains = bins.map(({ prices }) => worthOf(unit, need, prices) - takes(unit, rules, prices));
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

type Coarse = ReturnType<typeof coarseGroups>;

/** What a relaxation's rows say a unit of load, of a quota and of the spot share is worth in an hour of each group. */
export const pricedBins = (coarse: Coarse, { rows }: FleetProgram, duals: readonly number[]): readonly PricedBin[] => {
  const hours = coarse.reduce((sum, { group }) => sum + group.hours.length, 0);
  return coarse.map(({ group, members }, bin) => {
    const priceOf = (row: number | undefined): number => ((duals[row ?? -1] ?? 0) * hours) / group.hours.length;
    const prices: Prices = {
      classes: rows.served.map((ofNeed) => ofNeed.map((ofClass) => Math.max(0, priceOf(ofClass[bin])))),
      quotas: rows.quotas.map((ofQuota) => Math.max(0, -priceOf(ofQuota[bin]))),
      spot: Math.max(0, -priceOf(rows.spot[bin])),
    };
    return { members, prices };
  });
};

interface Prices {
  readonly classes: readonly (readonly number[])[];
  readonly quotas: readonly number[];
  readonly spot: number;
}

export interface PricedBin {
  readonly members: readonly HourGroup[];
  readonly prices: Prices;
}

const hoursOf = ({ members }: PricedBin): number => members.reduce((sum, { hours }) => sum + hours.length, 0);

/** Mean dollars an hour below which no fleet of the question's units is, at whatever prices. */
export const boundAt = ({ needs, units, rules }: Pick<BoundQuestion, "needs" | "units" | "rules">, bins: readonly PricedBin[]): number => {
  const hours = bins.reduce((sum, bin) => sum + hoursOf(bin), 0);
  let total = -bins.reduce(
    (sum, bin) => sum + hoursOf(bin) * rules.quotas.reduce((all, { max }, quota) => all + max * (bin.prices.quotas[quota] ?? 0), 0),
    0,
  );
  needs.forEach((need, index) => {
    const own = units.filter(({ candidate }) => candidate.need === need);
    const slack = own.map((unit) => {
      if (!unit.committed) return 0;
      const worth = bins.reduce((sum, bin) => sum + hoursOf(bin) * (worthOf(unit, index, bin.prices) - takes(unit, rules, bin.prices)), 0);
      return (toUsd(unit.price) * hours - worth) / hours;
    });
    for (const bin of bins) {
      const items = own.map((unit, position): CoverItem => {
        const worth = worthOf(unit, index, bin.prices);
        const price = unit.committed ? worth + (slack[position] ?? 0) : toUsd(unit.price) + takes(unit, rules, bin.prices);
        return { price: Math.max(0, price), worth, most: unit.most };
      });
      const below = own.reduce((sum, unit, position) => {
        const item = items[position];
        const price = unit.committed
          ? worthOf(unit, index, bin.prices) + (slack[position] ?? 0)
          : toUsd(unit.price) + takes(unit, rules, bin.prices);
        return item && price < 0 ? sum + price * (Number.isFinite(unit.most) ? unit.most : 1e9) : sum;
      }, 0);
      const value = (bin.prices.classes[index] ?? []).reduce((sum, price) => sum + price, 0);
      const cover = needs.length > 1 ? fractionalBound(items) : (worth: number) => coverBound(items, worth);
      for (const { hours: inGroup, loads } of bin.members) total += inGroup.length * (cover(value * (loads[index] ?? 0)) + below);
    }
  });
  return total / hours;
};

/** What a unit can serve at most in an hour, in money. */
export const worthOf = (unit: BuyableUnit, need: number, { classes }: Prices): number =>
  Math.max(
    0,
    ...unit.capacities.map((capacity, at) => ((classes[need]?.[at] ?? 0) * capacity) / (unit.candidate.need.classes[at]?.amount ?? 1)),
  );

/** What a unit takes of the spot share and the quotas, in money. */
export const takes = (unit: BuyableUnit, rules: BuyingRules, prices: Prices): number =>
  prices.spot * unit.accelerators * ((unit.spot ? 1 : 0) - rules.spotMaxShare) +
  unit.quotas.reduce(
    (sum, quota) =>
      sum + (prices.quotas[quota] ?? 0) * (rules.quotas[quota]?.counts === "accelerators" ? unit.accelerators : unit.instances),
    0,
  );

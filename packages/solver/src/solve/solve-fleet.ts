import { type BuyingRules, type Candidate, type MicroUsd, microUsd, type ServiceNeed, timesCount } from "@headroom/core";
import type { SolveLimits } from "../backends/backend.ts";
import { type BuyableUnit, buyableUnits } from "../formulate/buyable-units.ts";
import type { FleetQuestion } from "../formulate/fleet-question.ts";
import { formulateBalancedRouting } from "../formulate/formulate-balanced-routing.ts";
import { type FleetProgram, formulateFleet } from "../formulate/formulate-fleet.ts";
import { lowerBound } from "./lower-bound.ts";
import { solveProgram } from "./solve-program.ts";
import type { SolveTools } from "./solve-tools.ts";

/** What is bought of one unit and which share of each class it takes. */
export interface Purchase {
  readonly unit: BuyableUnit;
  readonly count: number;
  readonly shares: readonly number[];
}

export type FleetOutcome =
  | { readonly kind: "fleet"; readonly fleet: Fleet }
  | { readonly kind: "infeasible"; readonly backend: string }
  | { readonly kind: "out-of-time"; readonly reason: string };

export interface Fleet {
  readonly purchases: readonly Purchase[];
  readonly costPerHour: MicroUsd;
  readonly boundPerHour: MicroUsd | undefined;
  readonly backend: string;
}

export interface FleetProblem extends Pick<FleetQuestion, "needs" | "offers" | "rules"> {
  readonly candidates: readonly Candidate[];
  readonly limits: SolveLimits;
}

/** Finds the cheapest fleet for a question, or that there is none. */
export const solveFleet = async ({ needs, offers, rules, candidates, limits }: FleetProblem, tools: SolveTools): Promise<FleetOutcome> => {
  const units = buyableUnits(candidates, offers, rules);
  const unserved = needs.some((need) => !units.some(({ candidate }) => candidate.need === need));
  if (unserved) return { kind: "infeasible", backend: "none" };
  const formulation = formulateFleet(needs, units, rules);
  const { outcome, backend } = await solveProgram(formulation.program, limits, tools.backends);
  switch (outcome.status) {
    case "optimal":
    case "feasible": {
      const values = await balanced(formulation, outcome.values, limits, tools);
      const purchases = purchasesOf(units, formulation, values);
      const costPerHour = costOf(purchases);
      const prices = units.map(({ price }) => price);
      const boundPerHour = outcome.bound === undefined ? undefined : lowerBound(outcome.bound, prices, costPerHour);
      return { kind: "fleet", fleet: { purchases, costPerHour, boundPerHour, backend } };
    }
    case "infeasible":
      return { kind: "infeasible", backend };
    case "unbounded":
      return { kind: "out-of-time", reason: "the program has no least cost" };
    case "no-solution":
      return { kind: "out-of-time", reason: outcome.reason };
  }
};

const balanced = async (
  formulation: FleetProgram,
  values: readonly number[],
  limits: SolveLimits,
  tools: SolveTools,
): Promise<readonly number[]> => {
  const program = formulateBalancedRouting(formulation.program, formulation.capacityRows, values);
  const { outcome } = await solveProgram(program, limits, tools.backends);
  return outcome.status === "optimal" ? outcome.values : values;
};

/** Solvers leave shares like 1e-12 on units that take nothing. */
const smallestShare = 1e-9;

/** Shares add up to exactly one in each class, over what is bought. */
const purchasesOf = (units: readonly BuyableUnit[], { counts, shares }: FleetProgram, values: readonly number[]): Purchase[] => {
  const bought = units.flatMap((unit, index) => {
    const count = values[counts[index] ?? -1] ?? 0;
    const taken = (shares[index] ?? []).map((position) => values[position] ?? 0).map((share) => (share < smallestShare ? 0 : share));
    return count > 0 ? [{ unit, count, shares: taken }] : [];
  });
  const totals = new Map<ServiceNeed, number[]>();
  for (const { unit, shares: taken } of bought) {
    const { need } = unit.candidate;
    const sums = totals.get(need) ?? need.classes.map(() => 0);
    totals.set(
      need,
      sums.map((sum, index) => sum + (taken[index] ?? 0)),
    );
  }
  return bought
    .map((purchase) => ({
      ...purchase,
      shares: purchase.shares.map((share, index) => share / (totals.get(purchase.unit.candidate.need)?.[index] ?? 1)),
    }))
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
};

const keyOf = ({ unit }: Purchase): string => `${unit.candidate.need.name}\n${unit.offer.id}\n${unit.candidate.id}`;

const costOf = (purchases: readonly Pick<Purchase, "unit" | "count">[]): MicroUsd =>
  purchases.reduce((sum, { unit, count }) => microUsd(sum + timesCount(unit.price, count)), microUsd(0n));

export const withRules = (problem: FleetProblem, rules: Partial<BuyingRules>): FleetProblem => ({
  ...problem,
  rules: { ...problem.rules, ...rules },
});

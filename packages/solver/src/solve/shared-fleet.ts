import { toUsd } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import type { DividedUnits } from "../formulate/divide-units.ts";
import { formulateFleet } from "../formulate/formulate-fleet.ts";
import { poolUnits } from "../formulate/formulate-sharing.ts";
import type { HourGroup } from "../formulate/hour-groups.ts";
import { onUndominatedOffers } from "../formulate/undominated-offers.ts";
import { takenOf, worthOf } from "./bound-at-prices.ts";
import type { FleetProblem } from "./fleet.ts";
import { hourlyBound } from "./hourly-bound.ts";
import { type CoverItem, coverBound } from "./knapsack-cover.ts";
import type { PricedBin } from "./priced-bins.ts";
import type { ReplicaCounts } from "./settle-pools.ts";
import { largestProgram, solveProgram } from "./solve-program.ts";
import type { SolveTools } from "./solve-tools.ts";

interface SharedQuestion {
  readonly problem: Pick<FleetProblem, "needs" | "rules" | "limits" | "switching">;
  /** Of fleets that share nothing. */
  readonly units: readonly BuyableUnit[];
  readonly divided: DividedUnits;
  readonly groups: readonly HourGroup[];
  /** Dollars an hour, with what starting instances costs, of a fleet that is known; none: there is none that shares nothing. */
  readonly known: number | undefined;
}

export type SharedOutcome =
  /** No fleet that shares costs less than the known one. */
  | { readonly kind: "none-cheaper" }
  | { readonly kind: "fleet"; readonly replicas: ReplicaCounts; readonly bound: number | undefined; readonly backend: string }
  | { readonly kind: "infeasible"; readonly backend: string }
  /** Not known in time; `bound` holds for every fleet. */
  | { readonly kind: "unknown"; readonly bound: number | undefined };

/** Beyond so many whole variables the program of shared instances is not asked. */
const mostIntegers = 1500;

/** The cheapest fleet whose instances may be shared, as one program over replicas and instances. */
export const sharedFleet = async (question: SharedQuestion, tools: SolveTools): Promise<SharedOutcome> => {
  const { problem, divided, groups, known } = question;
  const { needs, rules, limits, switching } = problem;
  const priced = await hourlyBound({ needs, units: divided.pieces, rules, groups }, limits, tools.backends);
  if (priced.kind === "infeasible") return priced;
  const proved = priced.kind === "bound" ? priced.usdPerHour : undefined;
  if (proved !== undefined && known !== undefined && proved >= known * (1 - 1e-9)) return { kind: "none-cheaper" };
  const worth = priced.kind === "bound" && known !== undefined ? worthTrying(question, priced.bins, known) : () => true;
  const shareable = onUndominatedOffers(divided.shareable, rules, switching).filter(worth);
  if (shareable.length === 0) return { kind: "none-cheaper" };
  const others = question.units.filter((unit) => !divided.shareable.includes(unit) && worth(unit));
  const pooled = poolUnits(shareable, others);
  const formulation = formulateFleet({ needs, units: pooled.units, pools: pooled.pools, rules, groups, switching, kind: "integer" });
  const { variables } = formulation.program;
  const integers = variables.filter(({ kind }) => kind === "integer").length;
  if (integers > mostIntegers || variables.length > largestProgram.variables) return { kind: "unknown", bound: proved };
  const { outcome, backend } = await solveProgram(formulation.program, limits, tools.backends);
  switch (outcome.status) {
    case "optimal":
    case "feasible": {
      const replicas = new Map<BuyableUnit, readonly number[]>();
      pooled.wholes.forEach((whole, position) => {
        const counts = groups.map((_, group) => outcome.values[formulation.counts[position]?.[group] ?? -1] ?? 0);
        const each = whole && !divided.shareable.includes(whole) ? whole.replicas : 1;
        if (whole)
          replicas.set(
            whole,
            counts.map((count) => Math.round(count) * each),
          );
      });
      return { kind: "fleet", replicas, bound: highest(outcome.bound, proved), backend };
    }
    case "infeasible":
      return known === undefined ? { kind: "infeasible", backend } : { kind: "none-cheaper" };
    case "unbounded":
    case "no-solution":
      return { kind: "unknown", bound: proved };
  }
};

const highest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);

/**
 * Whether a fleet that costs less than `known` can have one of a unit at all. Prices of a relaxation take the services known; in
 * each, one of the unit is taken and the rest of the load is covered by the cheapest pieces.
 *
 *   Σ_{s' ≠ s} cover_s'(load) + price + cover_s(load − worth) − Σ_q ν_q · max_q ≥ known   ⇒   none of it
 *
 * Of several hour groups nothing is dropped.
 */
const worthTrying = (
  { problem: { needs, rules }, divided, groups }: SharedQuestion,
  bins: readonly PricedBin[],
  known: number,
): ((unit: BuyableUnit) => boolean) => {
  const [bin] = bins;
  const [group] = groups;
  if (!bin || !group || groups.length > 1) return () => true;
  const itemOf = (unit: BuyableUnit, index: number): CoverItem => ({
    price: toUsd(unit.price) + takenOf(unit, rules, bin.prices),
    worth: worthOf(unit, index, bin.prices),
    most: unit.most,
  });
  const scenes = needs.map((need, index) => {
    const items = divided.pieces.filter(({ candidate }) => candidate.need === need).map((unit) => itemOf(unit, index));
    const value = (bin.prices.classes[index] ?? []).reduce((sum, price) => sum + price, 0) * (group.loads[index] ?? 0);
    return { items, value, cover: coverBound(items, value) };
  });
  if (scenes.some(({ items }) => items.some(({ price }) => price < 0))) return () => true;
  const taken = rules.quotas.reduce((sum, { max }, quota) => sum + max * (bin.prices.quotas[quota] ?? 0), 0);
  const all = scenes.reduce((sum, { cover }) => sum + cover, 0) - taken;
  const pieceOf = new Map([...divided.wholeOf].map(([piece, whole]) => [whole, piece]));
  return (unit) => {
    const index = needs.indexOf(unit.candidate.need);
    const scene = scenes[index];
    if (!scene) return true;
    const { price, worth } = itemOf(pieceOf.get(unit) ?? unit, index);
    return price < 0 || all - scene.cover + price + coverBound(scene.items, scene.value - worth) < known * (1 - 1e-9);
  };
};

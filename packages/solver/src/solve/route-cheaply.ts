import type { BuyingRules, ServiceNeed } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { poolsOf, wayOut } from "../formulate/way-out.ts";
import { programBuilder } from "../linear-program/program-builder.ts";
import type { Backends } from "./backends.ts";
import type { AtWork } from "./route-hour.ts";
import { solveProgram } from "./solve-program.ts";

interface Hour {
  readonly need: ServiceNeed;
  readonly load: number;
  readonly atWork: readonly AtWork[];
  readonly rules: Pick<BuyingRules, "surcharges">;
}

const limits = { timeLimitSeconds: 5, relativeGap: 0 };

/**
 * Which share of each class each unit takes where networks differ in price: the cheapest way out that fits.
 *
 *   variables   a_pk ≥ 0 share of class k that pool p takes
 *   minimise    Σ way out_pk · a_pk
 *   served k    Σ_p a_pk = 1
 *   load p      Σ_k a_pk · amount_k · load / capacity_pk ≤ what p can be counted on for
 *
 * Undefined where nothing fits.
 */
export const routeCheaply = async (
  { need, load, atWork, rules }: Hour,
  backends: Backends,
): Promise<readonly (readonly number[])[] | undefined> => {
  const counts = new Map(atWork.map(({ unit, count }) => [unit, count]));
  const pools = poolsOf(atWork.filter(({ count }) => count > 0).map(({ unit }) => unit));
  const dependable = pools.map(({ units }) => units.reduce((sum, unit) => sum + (counts.get(unit) ?? 0) * unit.dependable, 0));
  const builder = programBuilder();
  const costs = pools.map((pool) => wayOut(pool, rules));
  const dearest = Math.max(...costs.flat());
  const shares = pools.map((_, position) =>
    need.classes.map(({ name }, at) =>
      builder.variable({ label: `${name} on pool ${position}`, upper: 1, cost: (costs[position]?.[at] ?? 0) / dearest }),
    ),
  );
  need.classes.forEach(({ name }, at) => {
    const terms = shares.map((ofPool) => ({ variable: ofPool[at] ?? -1, coefficient: 1 }));
    builder.constrain({ label: `served ${name}`, terms, lower: 1, upper: 1 });
  });
  pools.forEach(({ candidate }, position) => {
    const terms = need.classes.map(({ amount }, at) => ({
      variable: shares[position]?.[at] ?? -1,
      coefficient: (amount * load) / ((candidate.capacities[at]?.amount ?? 0) * candidate.replicasPerInstance),
    }));
    builder.constrain({ label: `load of pool ${position}`, terms, upper: dependable[position] ?? 0 });
  });
  const { outcome } = await solveProgram(builder.program(), limits, backends);
  if (outcome.status !== "optimal") return undefined;
  const shareAt = (variable = -1): number => withoutDust(outcome.values[variable]);
  const totals = need.classes.map((_, at) => shares.reduce((sum, ofPool) => sum + shareAt(ofPool[at]), 0));
  const placeOf = new Map<BuyableUnit, number>(pools.flatMap(({ units }, position) => units.map((unit) => [unit, position] as const)));
  return atWork.map(({ unit, count }) => {
    const position = placeOf.get(unit) ?? -1;
    const ofPool = (count * unit.dependable) / (dependable[position] ?? 1);
    return need.classes.map((_, at) => (shareAt(shares[position]?.[at]) / (totals[at] ?? 1)) * ofPool);
  });
};

/** Solvers leave shares like 1e-12 on pools that take nothing. */
const withoutDust = (share = 0): number => (share < 1e-9 ? 0 : share);

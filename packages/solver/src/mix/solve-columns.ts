import { toUsd } from "@headroom/core";
import type { SolveLimits } from "../backends/backend.ts";
import type { Backends } from "../solve/backends.ts";
import { solveProgram } from "../solve/solve-program.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { formulateColumns } from "./formulate-columns.ts";
import { type PricedWays, priceStocks, type SharedStock } from "./price-stocks.ts";
import type { ServiceColumn } from "./service-columns.ts";

export type ColumnOutcome =
  | { readonly kind: "chosen"; readonly columns: readonly ServiceColumn[]; readonly bound: number; readonly backend: string }
  | { readonly kind: "infeasible"; readonly backend: string }
  | { readonly kind: "unknown" };

/** Ways kept of each service at first; more follow while the proof needs them. */
const firstWays = 6;

/** No step is given less, so that one that would end at once does. */
const leastSeconds = 0.2;

/**
 * Chooses one way for each service. The relaxation prices the stocks; a way whose cost at those prices is further above its
 * service's cheapest than the whole gap cannot be in an optimum, so the exact program holds the few that can.
 *
 *   bound   Σ_s min_j (cost_sj + λ · uses_sj) − λ · stock,   valid for any λ ≥ 0
 */
export const solveColumns = async (shared: SharedStock, limits: SolveLimits, { backends, nowMs }: SolveTools): Promise<ColumnOutcome> => {
  const endMs = nowMs() + limits.timeLimitSeconds * 1000;
  const left = (): SolveLimits => ({ ...limits, timeLimitSeconds: Math.max(leastSeconds, (endMs - nowMs()) / 1000) });
  const stocks = Object.values(shared.stock);
  const cheapest = shared.waysAt(stocks.map(() => 0)).flatMap(({ columns: [first] }) => (first ? [first] : []));
  if (fits(cheapest, stocks)) return { kind: "chosen", columns: cheapest, bound: costOf(cheapest), backend: "pareto" };
  const pricing = await priceStocks(shared, left(), backends);
  if (!pricing) return { kind: "infeasible", backend: "highs" };
  const lists = reducedLists(pricing);
  const bound = sum(lists.map(leastOf)) - sum(stocks.map((stock, index) => stock * (pricing.prices[index] ?? 0)));
  for (let ways = firstWays; ; ways *= 4) {
    const kept = lists.map(({ columns }) => columns.slice(0, ways).map(({ column }) => column));
    const outcome = await exact(kept, stocks, left(), backends);
    const ended = nowMs() > endMs || lists.every(({ columns }) => columns.length <= ways);
    if (outcome.kind !== "chosen") {
      if (ended) return outcome;
      continue;
    }
    const gap = costOf(outcome.columns) - bound;
    const cannotHelp = lists.every((list) => (list.columns[ways]?.reduced ?? list.beyond) - leastOf(list) > gap + 1e-9);
    if (cannotHelp) return outcome;
    if (ended) return { ...outcome, bound: Math.min(outcome.bound, bound) };
  }
};

/** The ways of a service, cheapest first at the stocks' prices. */
interface ReducedList {
  readonly columns: readonly { readonly column: ServiceColumn; readonly reduced: number }[];
  readonly beyond: number;
}

const reducedLists = ({ ways, prices }: PricedWays): ReducedList[] =>
  ways.map(({ columns, beyond }) => ({
    columns: columns.map((column) => ({ column, reduced: reducedCost(column, prices) })).toSorted((a, b) => a.reduced - b.reduced),
    beyond,
  }));

const leastOf = ({ columns, beyond }: ReducedList): number => Math.min(beyond, columns[0]?.reduced ?? Number.POSITIVE_INFINITY);

const exact = async (
  columns: readonly (readonly ServiceColumn[])[],
  stocks: readonly number[],
  limits: SolveLimits,
  backends: Backends,
): Promise<ColumnOutcome> => {
  const { outcome, backend } = await solveProgram(formulateColumns(columns, stocks, "integer"), limits, backends);
  if (outcome.status === "infeasible") return { kind: "infeasible", backend };
  if (outcome.status !== "optimal" && outcome.status !== "feasible") return { kind: "unknown" };
  const flat = columns.flat();
  const chosen = flat.filter((_, position) => (outcome.values[position] ?? 0) > 0.5);
  return { kind: "chosen", columns: chosen, bound: outcome.bound ?? Number.NEGATIVE_INFINITY, backend };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const costOf = (columns: readonly ServiceColumn[]): number => sum(columns.map(({ cost }) => toUsd(cost)));

const fits = (columns: readonly ServiceColumn[], stocks: readonly number[]): boolean =>
  stocks.every((stock, index) => sum(columns.map(({ uses }) => uses[index] ?? 0)) <= stock);

const reducedCost = ({ cost, uses }: ServiceColumn, prices: readonly number[]): number =>
  toUsd(cost) + sum(uses.map((count, index) => count * (prices[index] ?? 0)));

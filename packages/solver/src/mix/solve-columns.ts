import { toUsd } from "@headroom/core";
import type { SolveLimits } from "../backends/backend.ts";
import type { Backends } from "../solve/backends.ts";
import { solveProgram } from "../solve/solve-program.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { formulateColumns } from "./formulate-columns.ts";
import type { ServiceColumn } from "./service-columns.ts";

export type ColumnOutcome =
  | { readonly kind: "chosen"; readonly columns: readonly ServiceColumn[]; readonly bound: number; readonly backend: string }
  | { readonly kind: "infeasible"; readonly backend: string }
  | { readonly kind: "unknown" };

type Columns = readonly (readonly ServiceColumn[])[];

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
export const solveColumns = async (
  columns: Columns,
  stocks: readonly number[],
  limits: SolveLimits,
  { backends, nowMs }: SolveTools,
): Promise<ColumnOutcome> => {
  const endMs = nowMs() + limits.timeLimitSeconds * 1000;
  const cheapest = columns.map(([first]) => first).filter((first) => first !== undefined);
  if (fits(cheapest, stocks)) return { kind: "chosen", columns: cheapest, bound: costOf(cheapest), backend: "pareto" };
  const large = await backends.large();
  const relaxed = large.solve(formulateColumns(columns, stocks, "continuous"), limits);
  if (relaxed.status === "infeasible") return { kind: "infeasible", backend: large.name };
  if (relaxed.status !== "optimal" || !relaxed.rowDuals) return { kind: "unknown" };
  const prices = stocks.map((_, index) => Math.max(0, -(relaxed.rowDuals?.[index] ?? 0)));
  const priced = columns.map((ways) => ways.map((column) => ({ column, reduced: reducedCost(column, prices) })));
  const least = priced.map((ways) => Math.min(...ways.map(({ reduced }) => reduced)));
  const bound = sum(least) - sum(stocks.map((stock, index) => stock * (prices[index] ?? 0)));
  const left = (): SolveLimits => ({ ...limits, timeLimitSeconds: Math.max(leastSeconds, (endMs - nowMs()) / 1000) });
  for (let ways = firstWays; ; ways *= 4) {
    const kept = priced.map((all) => all.toSorted((a, b) => a.reduced - b.reduced).slice(0, ways));
    const outcome = await exact(
      kept.map((all) => all.map(({ column }) => column)),
      stocks,
      left(),
      backends,
    );
    const complete = kept.every((all, service) => all.length === priced[service]?.length);
    if (outcome.kind !== "chosen") {
      if (complete) return outcome;
      continue;
    }
    const gap = costOf(outcome.columns) - bound;
    const cannotHelp = kept.every((all, service) => {
      const dropped = (priced[service]?.length ?? 0) > all.length;
      return !dropped || (all.at(-1)?.reduced ?? 0) - (least[service] ?? 0) > gap + 1e-9;
    });
    if (complete || cannotHelp) return outcome;
    if (nowMs() > endMs) return { ...outcome, bound };
  }
};

const exact = async (columns: Columns, stocks: readonly number[], limits: SolveLimits, backends: Backends): Promise<ColumnOutcome> => {
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

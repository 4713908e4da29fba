import type { CoefficientTable, Regime } from "@headroom/core";
import { regimeOf } from "@headroom/core";
import { fitServing, type Observed, type Prediction, predictionsOf, type Quantity } from "./serving-problem.ts";

export interface Miss extends Prediction {
  readonly observed: Observed;
  /** log(measured / predicted). */
  readonly logarithm: number;
}

export const missesOf = (rows: readonly Observed[], table: CoefficientTable): Miss[] =>
  rows.flatMap((observed) =>
    predictionsOf(observed, table).map((prediction) => ({
      ...prediction,
      observed,
      logarithm: Math.log(prediction.measured / prediction.predicted),
    })),
  );

/** Each group in turn is left out of the fit and then predicted. */
export const missesLeavingOut = (
  rows: readonly Observed[],
  groupOf: (observed: Observed) => string,
  { from, steps }: { readonly from: CoefficientTable; readonly steps: number },
): Miss[] => {
  const groups = [...new Set(rows.map(groupOf))].toSorted();
  return groups.flatMap((group) => {
    const table = fitServing(
      rows.filter((row) => groupOf(row) !== group),
      from,
      steps,
    );
    return missesOf(
      rows.filter((row) => groupOf(row) === group),
      table,
    );
  });
};

/** One of five folds; a configuration (chip, engine, model, format and layout) lies whole in one of them. */
export const foldOf = ({ row }: Observed): string => {
  const { accelerator, engine, architecture, request } = row;
  const key = [accelerator, engine, architecture, JSON.stringify(request.precision ?? ""), JSON.stringify(request.layout)].join("|");
  let hash = 2166136261;
  for (const character of key) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619) >>> 0;
  return String(hash % 5);
};

export const acceleratorOf = ({ row }: Observed): string => row.accelerator;
export const architectureOf = ({ row }: Observed): string => row.architecture;

interface ErrorSummary {
  readonly rows: number;
  readonly mean: number;
  readonly median: number;
  readonly p90: number;
}

/** Absolute relative errors. The throughput of a closed loop follows from its latencies and is not counted again. */
const summaryOf = (misses: readonly Miss[], quantity: Quantity): ErrorSummary => {
  const counted = misses.filter(
    (miss) => miss.quantity === quantity && (quantity !== "throughput" || miss.observed.row.mode === "agg-offline-max"),
  );
  const errors = counted.map(({ predicted, measured }) => Math.abs(predicted / measured - 1)).toSorted((a, b) => a - b);
  const at = (share: number) => errors[Math.min(errors.length - 1, Math.floor(share * errors.length))] ?? Number.NaN;
  return { rows: errors.length, mean: errors.reduce((sum, error) => sum + error, 0) / errors.length, median: at(0.5), p90: at(0.9) };
};

/** Factors on an estimate between which 80 % of the misses of a regime lie, slightly widened for what no fold has seen. */
export const bandsOf = (misses: readonly Miss[], quantity: Quantity): Record<Regime, [number, number]> => {
  const ofRegime = (regime: Regime): [number, number] => {
    const inRegime = misses.filter(
      (miss) => miss.quantity === quantity && regimeOf(miss.observed.row.concurrency ?? Number.POSITIVE_INFINITY) === regime,
    );
    const logarithms = inRegime.map(({ logarithm }) => logarithm).toSorted((a, b) => a - b);
    const at = (share: number) => Math.exp(logarithms[Math.floor(share * (logarithms.length - 1))] ?? 0);
    return [Number(at(0.1).toPrecision(3)), Number(at(0.9).toPrecision(3))];
  };
  return { light: ofRegime("light"), moderate: ofRegime("moderate"), heavy: ofRegime("heavy") };
};

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The errors of every quantity that the misses hold, one a line. */
export const lineOf = (name: string, misses: readonly Miss[]): string =>
  (["tpot", "ttft", "throughput"] as const)
    .map((quantity) => ({ quantity, ...summaryOf(misses, quantity) }))
    .filter(({ rows }) => rows > 0)
    .map(
      ({ quantity, rows, mean, median, p90 }) =>
        `${name}: ${quantity} mean ${percent(mean)} median ${percent(median)} p90 ${percent(p90)} (${rows} rows)`,
    )
    .join("\n");

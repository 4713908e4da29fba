import {
  benchmarkMeans,
  type CoefficientName,
  type CoefficientTable,
  coefficientBounds,
  coefficientNames,
  type EfficiencyCoefficients,
  type PreparedServing,
  prepareServing,
  scopesOf,
  settleServing,
} from "@headroom/core";
import { type ServingRow, servingRows } from "../truth/serving-rows.ts";
import { fitLeastSquares, type LeastSquares, type Residual } from "./least-squares.ts";
import { factorDeviation, servingPriors } from "./serving-priors.ts";

/** A row that can be answered, with everything decided but the coefficients. */
export interface Observed {
  readonly row: ServingRow;
  readonly prepared: PreparedServing;
  readonly scopes: readonly string[];
}

export const observedRows = (): Observed[] =>
  servingRows(["agg-closed-loop", "agg-offline-max"]).flatMap((row) => {
    const prepared = prepareServing(row.request);
    if (!prepared.ok) return [];
    const { replica, hardware } = prepared.value.site;
    const { name, version } = replica.engine;
    return [{ row, prepared: prepared.value, scopes: scopesOf({ accelerator: hardware.accelerator, engine: name, version }) }];
  });

export type Quantity = "tpot" | "ttft" | "throughput";

/** How far measurements of one configuration scatter by themselves, as the standard deviation of their logarithm. */
const noise: Readonly<Record<Quantity, number>> = { tpot: 0.12, ttft: 0.35, throughput: 0.12 };

export interface Prediction {
  readonly quantity: Quantity;
  readonly predicted: number;
  readonly measured: number;
}

/** What a table says about a row, beside what was measured. */
export const predictionsOf = ({ row, prepared }: Observed, table: CoefficientTable): Prediction[] => {
  const settled = settleServing(prepared, table);
  const { tpotMs, ttftMs, outputTokensPerSecondPerAccelerator: throughput } = row.measured;
  const means = benchmarkMeans(settled);
  const rate = (settled.steady.point.requestRate * settled.shape.oslTokens) / row.replicaSize;
  const closed = row.mode === "agg-closed-loop";
  return [
    ...(closed && tpotMs ? [{ quantity: "tpot", predicted: means.tpotSeconds * 1e3, measured: tpotMs } as const] : []),
    ...(closed && ttftMs && row.ttftIsTrusted ? [{ quantity: "ttft", predicted: means.ttftSeconds * 1e3, measured: ttftMs } as const] : []),
    ...(throughput ? [{ quantity: "throughput", predicted: rate, measured: throughput } as const] : []),
  ];
};

/** Throughput of a closed loop follows from its latencies and is not fitted again. */
const isFitted = ({ row }: Observed, { quantity }: Prediction): boolean => row.mode === "agg-offline-max" || quantity !== "throughput";

interface Parameter {
  readonly scope: string;
  readonly name: CoefficientName;
}

/** Fits every coefficient, and the factors of each scope that the rows show, to the rows. */
export const fitServing = (rows: readonly Observed[], from: CoefficientTable, steps: number): CoefficientTable => {
  const scopes = [...new Set(rows.flatMap((row) => row.scopes))].toSorted();
  const parameters: Parameter[] = [
    ...coefficientNames.map((name) => ({ scope: "base", name })),
    ...scopes.flatMap((scope) => coefficientNames.filter((name) => factorDeviation(scope, name) > 0).map((name) => ({ scope, name }))),
  ];
  const indexes = new Map<string, number[]>();
  parameters.forEach(({ scope }, index) => void indexes.set(scope, [...(indexes.get(scope) ?? []), index]));
  const residuals = rows.flatMap((row) => residualsOf(row, parameters, indexes));
  const values = fitLeastSquares({
    start: parameters.map(({ scope, name }) => Math.log(scope === "base" ? from.base[name] : (from.factors[scope]?.[name] ?? 1))),
    prior: parameters.map(priorOf),
    residuals,
    steps,
  });
  return tableOf(parameters, values);
};

const priorOf = ({ scope, name }: Parameter): LeastSquares["prior"][number] => {
  const [low, high] = coefficientBounds[name];
  if (scope === "base") {
    const { mean, deviation } = servingPriors[name];
    return { mean: Math.log(mean), deviation, low: Math.log(low), high: Math.log(high) };
  }
  const deviation = factorDeviation(scope, name);
  return { mean: 0, deviation, low: Math.log(1 / 8), high: Math.log(8) };
};

const residualsOf = (observed: Observed, parameters: readonly Parameter[], indexes: ReadonlyMap<string, readonly number[]>): Residual[] => {
  const relevant = ["base", ...observed.scopes].flatMap((scope) => indexes.get(scope) ?? []);
  const used = relevant.map((index) => ({ index, ...(parameters[index] as Parameter) }));
  const tableAt = (values: readonly number[]): CoefficientTable => {
    const base: Partial<Record<CoefficientName, number>> = {};
    for (const { index, name } of used) base[name] = (base[name] ?? 0) + (values[index] ?? 0);
    for (const name of coefficientNames) {
      const [low, high] = coefficientBounds[name];
      base[name] = Math.min(high, Math.max(low, Math.exp(base[name] ?? 0)));
    }
    return { base: base as EfficiencyCoefficients, factors: {} };
  };
  const fitted = predictionsOf(observed, tableAt(parameters.map(() => Math.log(0.5)))).filter((one) => isFitted(observed, one));
  return fitted.map(({ quantity }) => ({
    parameters: relevant,
    of: (values) => {
      const found = predictionsOf(observed, tableAt(values)).find((one) => one.quantity === quantity);
      return found ? Math.log(found.predicted / found.measured) / noise[quantity] : 0;
    },
  }));
};

const tableOf = (parameters: readonly Parameter[], values: readonly number[]): CoefficientTable => {
  const base: Partial<Record<CoefficientName, number>> = {};
  const factors: Record<string, Partial<Record<CoefficientName, number>>> = {};
  parameters.forEach(({ scope, name }, index) => {
    const value = Number(Math.exp(values[index] ?? 0).toPrecision(4));
    if (scope === "base") base[name] = value;
    else if (Math.abs(value - 1) > 0.005) factors[scope] = { ...factors[scope], [name]: value };
  });
  return { base: base as EfficiencyCoefficients, factors };
};

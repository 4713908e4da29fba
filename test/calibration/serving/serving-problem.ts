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
import { type ServingRow, servingRows } from "../../truth/serving-rows.ts";
import { type Block, fitLeastSquares, type Prior } from "./least-squares.ts";
import { enginePriors, factorDeviation, factorPrior, familyPriors, servingPriors } from "./serving-priors.ts";

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

/** What is believed before any row is seen: where every fit starts. */
export const priorTable = (): CoefficientTable => ({
  base: Object.fromEntries(coefficientNames.map((name) => [name, servingPriors[name].mean])) as EfficiencyCoefficients,
  factors: {
    ...Object.fromEntries(Object.entries(familyPriors).map(([family, factors]) => [`family:${family}`, factors])),
    ...enginePriors,
  },
});

/** Fits every coefficient, and the factors of each scope that the rows show, to the rows; what they do not show stays as believed. */
export const fitServing = (rows: readonly Observed[], from: CoefficientTable, steps: number): CoefficientTable => {
  const scopes = [...new Set(rows.flatMap((row) => row.scopes))].toSorted();
  const parameters: Parameter[] = [
    ...coefficientNames.map((name) => ({ scope: "base", name })),
    ...scopes.flatMap((scope) => coefficientNames.filter((name) => factorDeviation(scope, name) > 0).map((name) => ({ scope, name }))),
  ];
  const values = fitLeastSquares({
    start: parameters.map(({ scope, name }) => Math.log(scope === "base" ? from.base[name] : (from.factors[scope]?.[name] ?? 1))),
    prior: parameters.map(priorOf),
    blocks: rows.map((row) => blockOf(row, parameters, from.base)),
    steps,
  });
  const fitted = tableOf(parameters, values);
  return {
    base: fitted.base,
    factors: { ...priorTable().factors, ...fitted.factors },
  };
};

const priorOf = ({ scope, name }: Parameter): Prior => {
  const [low, high] = coefficientBounds[name];
  const { mean, deviation } = servingPriors[name];
  if (scope === "base") return { mean: Math.log(mean), deviation, low: Math.log(low), high: Math.log(high) };
  return { mean: Math.log(factorPrior(scope, name)), deviation: factorDeviation(scope, name), low: Math.log(1 / 8), high: Math.log(8) };
};

/** A row's residuals depend on its coefficients' logarithms, each the sum of a base and of the factors in scope. */
const blockOf = (observed: Observed, parameters: readonly Parameter[], base: EfficiencyCoefficients): Block => {
  const names = coefficientNames.filter((name) => matters(observed, name, base));
  const inScope = new Set(["base", ...observed.scopes]);
  const sums = names.map((name) =>
    parameters.flatMap((parameter, index) => (parameter.name === name && inScope.has(parameter.scope) ? [index] : [])),
  );
  return {
    sums,
    residuals: (logarithms) => {
      const resolved = { ...base };
      names.forEach((name, index) => {
        const [low, high] = coefficientBounds[name];
        resolved[name] = Math.min(high, Math.max(low, Math.exp(logarithms[index] ?? 0)));
      });
      return residualsAt(observed, resolved);
    },
  };
};

const residualsAt = (observed: Observed, base: EfficiencyCoefficients): number[] =>
  predictionsOf(observed, { base, factors: {} })
    .filter((one) => isFitted(observed, one))
    .map(({ quantity, predicted, measured }) => Math.log(predicted / measured) / noise[quantity]);

/** Dense models have no experts, one format is not another: such coefficients do not move a row at all. */
const matters = (observed: Observed, name: CoefficientName, base: EfficiencyCoefficients): boolean => {
  const here = residualsAt(observed, base);
  const there = residualsAt(observed, { ...base, [name]: base[name] * 1.05 });
  return here.some((value, index) => value !== there[index]);
};

const tableOf = (parameters: readonly Parameter[], values: readonly number[]): CoefficientTable => {
  const base: Partial<Record<CoefficientName, number>> = {};
  const factors: Record<string, Partial<Record<CoefficientName, number>>> = {};
  parameters.forEach(({ scope, name }, index) => {
    const value = Number(Math.exp(values[index] ?? 0).toPrecision(4));
    if (scope === "base") base[name] = value;
    else factors[scope] = { ...factors[scope], [name]: value };
  });
  return { base: base as EfficiencyCoefficients, factors };
};

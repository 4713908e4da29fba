import { resolveTraining, type TrainingMemoryCoefficients, type TrainingRun, totalTrainingBytes, trainingMemory } from "@headroom/core";
import { type TrainingMemoryRow, trainingMemoryRows } from "../truth/training-memory-rows.ts";
import { type BoundedParameter, boundedDescent, priorPull, type Values } from "./bounded-descent.ts";

export interface MemoryFitRow extends TrainingMemoryRow {
  readonly run: TrainingRun;
}

export const memoryParameters: readonly BoundedParameter[] = [
  { name: "bytesPerLogit.eager", low: 8, prior: 10, high: 12 },
  { name: "bytesPerLogit.compiled", low: 5, prior: 6, high: 10 },
  { name: "bytesPerLogit.fused", low: 5, prior: 6, high: 8 },
  { name: "everySecondMatrixShare", low: 0.2, prior: 0.35, high: 0.5 },
  { name: "expertTokenImbalance", low: 1, prior: 1.5, high: 4 },
  { name: "runtimeGib", low: 0.5, prior: 1, high: 3 },
  { name: "fragmentationShare", low: 0.02, prior: 0.06, high: 0.12 },
];

export const memoryCoefficientsFrom = (values: Values): TrainingMemoryCoefficients => {
  const of = (name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for ${name}`);
    return value;
  };
  return {
    bytesPerLogit: { eager: of("bytesPerLogit.eager"), compiled: of("bytesPerLogit.compiled"), fused: of("bytesPerLogit.fused") },
    everySecondMatrixShare: of("everySecondMatrixShare"),
    expertTokenImbalance: of("expertTokenImbalance"),
    runtimeGib: of("runtimeGib"),
    fragmentationShare: of("fragmentationShare"),
  };
};

/** Single accelerators that trained all weights in plain 16 bits although "mixed" is all that can be asked: no formula can meet both. */
const isPlainSixteenBit = ({ request }: TrainingMemoryRow): boolean =>
  request.method === "full" && request.accelerators === 1 && request.precision === "bf16-mixed";

export const memoryFitRows = (): readonly MemoryFitRow[] =>
  trainingMemoryRows().flatMap((row) => {
    const resolved = resolveTraining(row.request);
    return resolved.ok && !isPlainSixteenBit(row) ? [{ ...row, run: resolved.value }] : [];
  });

export const predictedGib = ({ run }: MemoryFitRow, coefficients: TrainingMemoryCoefficients): number =>
  totalTrainingBytes(trainingMemory(run, coefficients)) / 2 ** 30;

const pull = 0.01;

/** Mean absolute logarithm of predicted over measured, each source with the same weight, and a pull towards the priors. */
export const fitTrainingMemory = (rows: readonly MemoryFitRow[]): Values => {
  const sources = new Map<string, number>();
  for (const { source } of rows) sources.set(source, (sources.get(source) ?? 0) + 1);
  const loss = (values: Values) => {
    const coefficients = memoryCoefficientsFrom(values);
    const errors = rows.reduce((sum, row) => {
      const error = Math.abs(Math.log(predictedGib(row, coefficients) / row.measuredGib));
      return sum + error / (sources.get(row.source) ?? 1);
    }, 0);
    return errors / sources.size + pull * priorPull(memoryParameters, values);
  };
  return boundedDescent({ parameters: memoryParameters, loss, rounds: 60 });
};

import {
  resolveTraining,
  type TrainingCoefficients,
  type TrainingRun,
  type TrainingStepWork,
  trainingStepTime,
  trainingStepWork,
} from "@headroom/core";
import { type TrainingThroughputRow, trainingThroughputRows } from "../truth/training-throughput-rows.ts";
import { type BoundedParameter, boundedDescent, priorPull, type Values } from "./bounded-descent.ts";

export interface FitRow extends TrainingThroughputRow {
  readonly run: TrainingRun;
  readonly work: TrainingStepWork;
  /** Releases of one configuration share a weight, or those measured most often would decide. */
  readonly weight: number;
  readonly configuration: string;
}

export const parameters: readonly BoundedParameter[] = [
  { name: "matrix.ampere.bf16", low: 0.5, prior: 0.8, high: 0.9 },
  { name: "matrix.hopper.bf16", low: 0.4, prior: 0.7, high: 0.85 },
  { name: "matrix.hopper.fp8", low: 0.3, prior: 0.6, high: 0.72 },
  { name: "matrix.blackwell.bf16", low: 0.5, prior: 0.65, high: 0.82 },
  { name: "matrix.blackwell.fp8", low: 0.3, prior: 0.5, high: 0.78 },
  { name: "matrix.blackwell.fp4", low: 0.2, prior: 0.4, high: 0.7 },
  { name: "sustained.a100-sxm-40gb", low: 0.85, prior: 1, high: 1.1 },
  { name: "sustained.h200-sxm", low: 0.85, prior: 1, high: 1.15 },
  { name: "sustained.b200-sxm", low: 0.8, prior: 1, high: 1.2 },
  { name: "sustained.b300-sxm", low: 0.8, prior: 1.1, high: 1.3 },
  { name: "sustained.gb300", low: 0.9, prior: 1.15, high: 1.4 },
  { name: "attention.ampere.torch", low: 0.2, prior: 0.4, high: 0.65 },
  { name: "attention.hopper.torch", low: 0.15, prior: 0.3, high: 0.65 },
  { name: "attention.hopper.megatron", low: 0.3, prior: 0.45, high: 0.69 },
  { name: "attention.blackwell", low: 0.2, prior: 0.4, high: 0.69 },
  { name: "scan", low: 0.005, prior: 0.03, high: 0.3 },
  { name: "expertNarrowGain", low: 0.1, prior: 0.7, high: 1 },
  { name: "activationPasses.torch", low: 2, prior: 8, high: 14 },
  { name: "activationPasses.megatron", low: 1, prior: 5, high: 10 },
  { name: "expertActivationPasses", low: 1, prior: 4, high: 12 },
  { name: "expertTokensHalf", low: 20, prior: 200, high: 2000 },
  { name: "expertWidthHalf", low: 50, prior: 600, high: 3000 },
  { name: "denseLayerSeconds", low: 20e-6, prior: 200e-6, high: 2e-3 },
  { name: "expertLayerSeconds", low: 100e-6, prior: 2e-3, high: 10e-3 },
  { name: "scaleUpShare", low: 0.4, prior: 0.75, high: 0.9 },
  { name: "scaleOutShare", low: 0.2, prior: 0.7, high: 0.9 },
  { name: "tensorExposed", low: 0.1, prior: 0.5, high: 1 },
  { name: "contextExposed", low: 0.05, prior: 0.3, high: 1 },
  { name: "expertExposed", low: 0.1, prior: 0.7, high: 1 },
  { name: "denseGrowthPerYear", low: 0.01, prior: 0.05, high: 0.3 },
  { name: "expertGrowthPerYear", low: 0.05, prior: 0.5, high: 1.2 },
];

export const coefficientsFrom = (values: Values): TrainingCoefficients => {
  const of = (name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for ${name}`);
    return value;
  };
  return {
    matrix: {
      ampere: { bf16: of("matrix.ampere.bf16") },
      hopper: { bf16: of("matrix.hopper.bf16"), fp8: of("matrix.hopper.fp8") },
      blackwell: { bf16: of("matrix.blackwell.bf16"), fp8: of("matrix.blackwell.fp8"), fp4: of("matrix.blackwell.fp4") },
    },
    sustained: {
      "a100-sxm-80gb": 1,
      "a100-sxm-40gb": of("sustained.a100-sxm-40gb"),
      "h100-sxm": 1,
      "h200-sxm": of("sustained.h200-sxm"),
      "b200-sxm": of("sustained.b200-sxm"),
      "b300-sxm": of("sustained.b300-sxm"),
      gb200: 1,
      gb300: of("sustained.gb300"),
    },
    // No run of Megatron on Ampere is public: its kernels reach there what they reach on Hopper.
    attention: {
      ampere: { torch: of("attention.ampere.torch"), megatron: of("attention.hopper.megatron") },
      hopper: { torch: of("attention.hopper.torch"), megatron: of("attention.hopper.megatron") },
      blackwell: { torch: of("attention.blackwell"), megatron: of("attention.blackwell") },
    },
    scan: of("scan"),
    expertNarrowGain: of("expertNarrowGain"),
    activationPasses: { torch: of("activationPasses.torch"), megatron: of("activationPasses.megatron") },
    expertActivationPasses: of("expertActivationPasses"),
    expertTokensHalf: of("expertTokensHalf"),
    expertWidthHalf: of("expertWidthHalf"),
    denseLayerSeconds: of("denseLayerSeconds"),
    expertLayerSeconds: of("expertLayerSeconds"),
    scaleUpShare: of("scaleUpShare"),
    scaleOutShare: of("scaleOutShare"),
    tensorExposed: of("tensorExposed"),
    contextExposed: of("contextExposed"),
    expertExposed: of("expertExposed"),
    denseGrowthPerYear: of("denseGrowthPerYear"),
    expertGrowthPerYear: of("expertGrowthPerYear"),
  };
};

export const fitRows = (): readonly FitRow[] => {
  const rows = trainingThroughputRows().flatMap((row) => {
    const resolved = resolveTraining(row.request);
    if (!resolved.ok) return [];
    const version = /^\d+\.\d+/.exec(row.frameworkVersion)?.[0];
    const run = { ...resolved.value, frameworkVersion: row.framework.startsWith("Megatron") ? version : undefined };
    const { id: _, ...model } = row.request.model;
    const configuration = JSON.stringify({ ...row.request, model });
    return [{ ...row, run, work: trainingStepWork(resolved.value), configuration }];
  });
  const times = new Map<string, number>();
  for (const { configuration } of rows) times.set(configuration, (times.get(configuration) ?? 0) + 1);
  return rows.map((row) => ({ ...row, weight: cardWeight(row) / Math.sqrt(times.get(row.configuration) ?? 1) }));
};

/** torchtitan's H100 are cards with 500 W and slower memory, which no catalog sells. */
const cardWeight = ({ label }: TrainingThroughputRow): number => (label.includes("500W") ? 0.3 : 1);

/** With the version each row was measured at, or as a request that names none is answered. */
export const predictedRate = (row: FitRow, coefficients: TrainingCoefficients, versions: "known" | "unknown"): number => {
  const run = versions === "known" ? row.run : { ...row.run, frameworkVersion: undefined };
  const { total } = trainingStepTime(run, row.work, coefficients);
  return (run.globalBatchSize * run.sequenceLength) / total / run.accelerators;
};

const pull = 0.0015;

/** An absolute value without its corner, in which a search along single parameters would stick. */
const rounded = (error: number): number => Math.hypot(error, 0.05);

/**
 * Half of the error at the version that each row was measured with, which finds the growth, and half of the error
 * of an answer that knows no version; and a pull towards the priors.
 */
export const fitTraining = (rows: readonly FitRow[], start?: Values): Values => {
  const rounds = start ? 12 : 60;
  const weights = rows.reduce((sum, { weight }) => sum + weight, 0);
  const loss = (values: Values) => {
    const coefficients = coefficientsFrom(values);
    const errorOf = (row: FitRow) =>
      rounded(Math.log(predictedRate(row, coefficients, "known") / row.measured)) +
      rounded(predictedRate(row, coefficients, "unknown") / row.measured - 1);
    const errors = rows.reduce((sum, row) => sum + (row.weight / 2) * errorOf(row), 0);
    return errors / weights + pull * priorPull(parameters, values);
  };
  return boundedDescent({ parameters, loss, rounds, ...(start ? { start } : {}) });
};

import { resolveReplica, transformersActivationTerms } from "@headroom/core";
import { batchOf, type MemoryRow } from "../../truth/inference-memory-rows.ts";
import { numberIn } from "../../truth/read-truth.ts";
import { boundedLeastSquares, type Equation, leftOutErrors } from "./bounded-least-squares.ts";
import type { FittedPart } from "./fit-parts.ts";
import { featuresOf } from "./memory-features.ts";

const bytesPerGib = 2 ** 30;

const bounds = [
  { low: 4, high: 16 },
  { low: 2, high: 16 },
];

/** Bytes of a logit of every position and of a score of every pair, from peaks of plain transformers. Errors count as shares of the peak. */
export const fitTransformers = (rows: readonly MemoryRow[]): FittedPart => {
  const equations = rows.flatMap((row) => equationOf(batchOf(row)));
  const errors = leftOutErrors(equations, bounds);
  return {
    coefficients: boundedLeastSquares(equations, bounds),
    rows: equations.length,
    leftOutGib: errors.reduce((sum, error) => sum + error, 0) / errors.length,
  };
};

const equationOf = (batch: MemoryRow): Equation[] => {
  const peak = numberIn(batch.row, "other_value");
  const features = featuresOf(batch);
  const replica = resolveReplica(batch.request);
  if (peak === undefined || !features || !replica.ok) return [];
  const { memory, engine } = features.assessed;
  const { model, layout } = replica.value;
  const { logits, scores } = transformersActivationTerms({ model, layout, engine });
  const cache = engine.maxNumBatchedTokens * memory.kvBytesPerToken;
  return [
    {
      configuration: features.configuration,
      columns: [logits / bytesPerGib, scores / bytesPerGib],
      target: peak - (memory.weightsBytes + cache) / bytesPerGib,
      scale: peak,
    },
  ];
};

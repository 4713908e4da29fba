import { type ModelArchitecture, numHiddenLayersOf, similarModels } from "../model/index.ts";
import { engineMemory } from "./engines/engines.ts";
import type { InferenceMemory, InferenceMemoryInput } from "./inference-memory.ts";
import { requestCache } from "./kv-cache.ts";
import { pipelineStages } from "./pipeline-stages.ts";

export type Band = readonly [low: number, high: number];

/** What is not exact where a model's shape is assumed; on one accelerator but for the concurrency. */
export interface ShapeBands {
  /** Absent where the sketch tells the layers and the heads: exact. */
  readonly bytesPerToken?: Band;
  readonly activationBytes: Band;
  /** The pool's own band, and beyond it what activations may take more or less; negative where something is missing. */
  readonly poolBytes: Band;
  readonly maxConcurrency: Band;
}

/**
 * 80 % bands of a model by counts alone, from the bundled models i nearest to it in size.
 *
 *   factor_i = what model i takes / what a sketch of its counts takes        on the asked layout, engine and context
 *   band     = figure · [10th, 90th percentile of factor_i], the figure itself always inside
 *
 * Shapes of one size differ by the kind of their attention: a latent cache takes a third of what is assumed, one head for each query
 * head three to five times it. Undefined for a model whose shape is known.
 */
export const shapeBands = (input: InferenceMemoryInput, memory: InferenceMemory): ShapeBands | undefined => {
  const { model, layout } = input;
  if (!model.assumed) return undefined;
  const compared = similarModels(model).map((similar) => ({
    taken: takenBy(input, similar.model),
    assumed: takenBy(input, similar.sketched),
  }));
  const factors = (pick: (taken: Taken) => number): Band =>
    spreadOf(compared.map(({ taken, assumed }) => (pick(assumed) > 0 ? pick(taken) / pick(assumed) : 1)));
  const areHeadsTold = !(model.assumed.includes("kvHeads") || model.assumed.includes("headDim"));
  const perToken = factors(({ layers, bytesPerToken }) => (areHeadsTold ? layers : bytesPerToken));
  const perRequest = factors(({ layers, bytesPerRequest }) => (areHeadsTold ? layers : bytesPerRequest));
  const activationBytes = times(
    memory.activationBytes,
    factors(({ activation }) => activation),
  );
  const poolBytes: Band = [
    memory.poolBandBytes[0] - (activationBytes[1] - memory.activationBytes),
    memory.poolBandBytes[1] + (memory.activationBytes - activationBytes[0]),
  ];
  const requests = (pool: number, factor: number) => (Math.max(0, pool) / (memory.kvBytesPerRequest * factor)) * layout.dataParallelSize;
  return {
    ...(perToken[0] === 1 && perToken[1] === 1 ? {} : { bytesPerToken: times(memory.kvBytesPerToken, perToken) }),
    activationBytes,
    poolBytes,
    maxConcurrency: [requests(poolBytes[0], perRequest[1]), requests(poolBytes[1], perRequest[0])],
  };
};

interface Taken {
  readonly layers: number;
  readonly bytesPerToken: number;
  readonly bytesPerRequest: number;
  readonly activation: number;
}

const takenBy = (input: InferenceMemoryInput, model: ModelArchitecture): Taken => {
  const { layout, engine, family, visibleBytes, precision } = input;
  const [stage] = pipelineStages(model, 1);
  if (!stage) return { layers: 0, bytesPerToken: 0, bytesPerRequest: 0, activation: 0 };
  const cache = requestCache({ stage, layout, engine, kvCache: precision.kvCache });
  const { activationBytes } = engineMemory(engine.name).overhead({ model, stage, layout, engine, family, visibleBytes });
  return {
    layers: numHiddenLayersOf(model),
    bytesPerToken: cache.bytesPerToken,
    bytesPerRequest: cache.bytesInBlocks,
    activation: activationBytes,
  };
};

const times = (figure: number, [low, high]: Band): Band => [figure * low, figure * high];

const spreadOf = (factors: readonly number[]): Band => {
  const sorted = factors.toSorted((a, b) => a - b);
  return [Math.min(1, quantile(sorted, 0.1)), Math.max(1, quantile(sorted, 0.9))];
};

const quantile = (sorted: readonly number[], p: number): number => {
  const place = p * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 1;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (place - Math.floor(place)) * (above - below);
};

import { numberIn, textIn } from "../../truth/read-truth.ts";
import { type Bounds, boundedLeastSquares, type Equation, leftOutErrors } from "./bounded-least-squares.ts";
import type { MemoryFeatures } from "./memory-features.ts";

/** Coefficients of one part and how wrong it is on configurations that were left out. */
export interface FittedPart {
  readonly coefficients: readonly number[];
  readonly rows: number;
  readonly leftOutGib: number;
}

const bytesPerGib = 2 ** 30;

/** Rows whose activation peak does not say what its limits were, or is of something else; with the reason. */
const activationLeftOut: ReadonlyMap<string, string> = new Map([
  ["I353", "vision tower, whole prompts of 64K tokens"],
  ["I365", "latent padded to 640, whole prompts of 128K tokens"],
  ["I366", "number of sequences not stated"],
  ["I369", "number of sequences not stated"],
  ["I371", "other processes allocated meanwhile"],
]);

/** vLLM's own limit before V1; such rows state no release that a request can name. */
const sequencesOfV0 = 256;

const fit = (equations: readonly Equation[], bounds: readonly Bounds[]): FittedPart => {
  const errors = leftOutErrors(equations, bounds);
  return {
    coefficients: boundedLeastSquares(equations, bounds),
    rows: equations.length,
    leftOutGib: errors.reduce((sum, error) => sum + error, 0) / errors.length,
  };
};

/** Peak of the sorting sampler: bytes of a logit, and copies of the last hidden states that stay. */
export const fitSampler = (features: readonly MemoryFeatures[]): FittedPart =>
  fit(
    features.flatMap(({ id, row, configuration, terms, assessed }) => {
      const target = numberIn(row, "activation_peak_gib");
      if (target === undefined || activationLeftOut.has(id)) return [];
      const sequences = textIn(row, "engine_version").includes("V0") ? sequencesOfV0 / assessed.engine.maxNumSeqs : 1;
      const columns = [(sequences * terms.samplerElements) / bytesPerGib, (2 * terms.keptElements) / bytesPerGib];
      return [{ configuration, columns, target, scale: 1 }];
    }),
    [
      { low: 20, high: 60 },
      { low: 1, high: 3 },
    ],
  );

/** Share of the counted forward pass that was alive at once, where whole prompts were read (vLLM before V1). */
export const fitForward = (features: readonly MemoryFeatures[]): FittedPart =>
  fit(
    features.flatMap(({ row, configuration, terms, assessed }) => {
      const peak = numberIn(row, "other_value");
      const weights = numberIn(row, "weights_gib_per_gpu");
      const prompt = numberIn(row, "max_model_len");
      if (row.other_metric !== "peak torch GiB incl. weights" || peak === undefined || weights === undefined || prompt === undefined)
        return [];
      const perToken = terms.forwardElements / assessed.engine.maxNumBatchedTokens;
      return [
        { configuration: `${configuration}|${prompt}`, columns: [(2 * perToken * prompt) / bytesPerGib], target: peak - weights, scale: 1 },
      ];
    }),
    [{ low: 0.7, high: 1.5 }],
  );

/** Bytes of a logit where FlashInfer samples: what is left of the budget beside weights, pool and runtime. */
export const fitFlashInfer = (features: readonly MemoryFeatures[], keptCopies: number): FittedPart =>
  fit(
    features.flatMap(({ row, configuration, terms, assessed: { memory, engine } }) => {
      const pool = numberIn(row, "kv_mem_gib_per_gpu");
      const stated = numberIn(row, "max_num_batched_tokens") !== undefined && numberIn(row, "mem_fraction") !== undefined;
      if (pool === undefined || !stated || !engine.version?.startsWith("0.10") || !/same-node/.test(row.source ?? "")) return [];
      const beside = memory.budgetBytes - memory.weightsBytes - memory.runtimeBytes - pool * bytesPerGib;
      const target = (beside - 2 * keptCopies * terms.keptElements) / bytesPerGib;
      return [
        {
          configuration: `${configuration}|${engine.gpuMemoryUtilization}`,
          columns: [terms.samplerElements / bytesPerGib],
          target,
          scale: 1,
        },
      ];
    }),
    [{ low: 8, high: 24 }],
  );

/** What SGLang's static share holds beside weights and pool, less the collectives. */
export const fitSglang = (features: readonly MemoryFeatures[], collectivesGib: number): FittedPart =>
  fit(
    features.flatMap(({ row, configuration, assessed: { memory, engine } }) => {
      const pool = numberIn(row, "kv_mem_gib_per_gpu");
      if (engine.name !== "sglang" || pool === undefined || numberIn(row, "mem_fraction") === undefined) return [];
      const beside = (memory.budgetBytes - memory.weightsBytes) / bytesPerGib - pool;
      return [{ configuration, columns: [1], target: beside - collectivesGib, scale: 1 }];
    }),
    [{ low: 0.3, high: 2 }],
  );

/**
 * TensorRT-LLM: driver and runtime, collectives of a pair, copies of the forward pass, and a share of the memory.
 * The count of sequences is a floor: its middle is taken.
 */
export const fitTensorrt = (features: readonly MemoryFeatures[]): FittedPart =>
  fit(
    features.flatMap(({ row, configuration, terms, ranks, assessed: { memory, engine } }) => {
      const sequences = numberIn(row, "other_value");
      if (sequences === undefined) return [];
      const free = ((sequences + 0.5) * memory.kvBytesPerRequest) / engine.gpuMemoryUtilization;
      const target = (memory.visibleBytes - memory.weightsBytes - free) / bytesPerGib;
      const peers = ranks > 1 ? 1 + 0.5 * Math.log2(ranks / 2) : 0;
      const columns = [1, peers, (2 * terms.forwardElements) / bytesPerGib, memory.visibleBytes / bytesPerGib];
      return [{ configuration, columns, target, scale: 1 }];
    }),
    [
      { low: 0.5, high: 5 },
      { low: 0, high: 3 },
      { low: 0.3, high: 3 },
      { low: 0, high: 0.02 },
    ],
  );

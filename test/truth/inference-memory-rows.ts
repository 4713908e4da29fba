import { estimateMemory, findAccelerator, type MemoryEstimate, type MemoryRequest } from "@headroom/core";
import { acceleratorNamed, engineNamed, modelNamed, ownWeightFormat, versionIn, weightFormatIn } from "./names.ts";
import { numberIn, readTruth, type TruthRow, textIn } from "./read-truth.ts";

/** One figure of one measurement, and what Headroom says about it. */
export interface MeasuredMemory {
  /** Row id, model, accelerator, layout, engine. */
  readonly label: string;
  readonly quantity: MemoryQuantity;
  /** Absent where Headroom refuses the request. */
  readonly predicted: number | undefined;
  readonly measured: number;
  readonly engine: string;
  readonly modelFamily: string;
  readonly accelerator: string;
  readonly interval?: readonly [number, number];
}

export type MemoryQuantity =
  | "weights GiB per accelerator"
  | "KV bytes per token per accelerator"
  | "KV pool GiB"
  | "most concurrency"
  | "TensorRT-LLM sequences"
  | "transformers peak GiB";

/** A measurement as the question that it answers. */
export interface MemoryRow {
  readonly row: TruthRow;
  readonly request: MemoryRequest & { readonly accelerator: { readonly id: string } };
}

/** Models whose layers do not all keep every token: bytes per token alone do not describe them. */
const hybrid = /v4|nemotron|qwen3.5|qwen3-next|coder-next|gemma|gpt-oss|maverick|scout|granite|kimi-linear|qwen3.8/i;

/** The rows of vLLM and SGLang that say enough to be asked again. */
export const poolRows = (): readonly MemoryRow[] =>
  readTruth("memory-inference.csv").flatMap((row) => {
    const measured = numberIn(row, "weights_gib_per_gpu") ?? numberIn(row, "kv_mem_gib_per_gpu");
    const engine = engineNamed(textIn(row, "engine"));
    if (measured === undefined || (engine !== "vllm" && engine !== "sglang") || textIn(row, "engine_version").includes("0.20")) return [];
    return asRequest(row, numberIn(row, "tp") ?? 1, numberIn(row, "pp") ?? 1);
  });

/** How many sequences TensorRT-LLM ran at once, each reserving maxModelLen. */
export const sequenceRows = (): readonly MemoryRow[] =>
  readTruth("memory-inference.csv").flatMap((row) =>
    textIn(row, "other_metric").startsWith("max concurrent sequences") ? asRequest(row, numberIn(row, "tp") ?? 1, 1) : [],
  );

/** Peaks of plain transformers; the 67B splits its layers. */
export const peakRows = (): readonly MemoryRow[] =>
  readTruth("memory-inference.csv").flatMap((row) =>
    textIn(row, "other_metric").startsWith("peak GB") ? asRequest(row, 1, numberIn(row, "tp") ?? 1) : [],
  );

const asRequest = (row: TruthRow, tensorParallelSize: number, pipelineParallelSize: number): MemoryRow[] => {
  const name = textIn(row, "model");
  const quantization = textIn(row, "quant");
  const model = modelNamed(name);
  const accelerator = acceleratorNamed(textIn(row, "gpu"));
  const engine = engineNamed(textIn(row, "engine"));
  if (!model || !accelerator || !engine || quantization.toLowerCase().includes("gguf")) return [];
  const weights = weightFormatIn(quantization) ?? weightFormatIn(name) ?? (quantization.includes("compressed") ? "fp8" : undefined);
  const fp8Cache = textIn(row, "kv_dtype").toLowerCase().includes("fp8");
  const memoryGib = numberIn(row, "gpu_mem_visible_gib");
  const version = versionIn(textIn(row, "engine_version"));
  return [
    {
      row,
      request: {
        model: { config: model.config, id: name },
        accelerator: { id: accelerator, ...(memoryGib ? { memoryGib } : {}) },
        precision: {
          ...(weights && weights !== ownWeightFormat(model) ? { weights } : {}),
          ...(fp8Cache ? { kvCache: "fp8" as const } : {}),
        },
        layout: { tensorParallelSize, pipelineParallelSize },
        engine: { name: engine, ...(version ? { version } : {}), ...limitsIn(row) },
      },
    },
  ];
};

const limitsIn = (row: TruthRow): NonNullable<MemoryRequest["engine"]> => {
  const stated = {
    maxModelLen: numberIn(row, "max_model_len"),
    maxNumSeqs: numberIn(row, "max_num_seqs"),
    maxNumBatchedTokens: numberIn(row, "max_num_batched_tokens"),
    gpuMemoryUtilization: numberIn(row, "mem_fraction"),
  };
  return Object.fromEntries(Object.entries(stated).filter(([, value]) => value));
};

/** Every figure that is compared, in the order of the rows. */
export const measuredMemory = (): readonly MeasuredMemory[] => [
  ...poolRows().flatMap(poolFigures),
  ...sequenceRows().map((memoryRow) => sequenceFigure(memoryRow)),
  ...peakRows().flatMap((memoryRow) => peakFigure(memoryRow)),
];

const answerTo = ({ request }: MemoryRow): MemoryEstimate | undefined => {
  const outcome = estimateMemory(request);
  return outcome.ok ? outcome.value : undefined;
};

const about = ({ row, request }: MemoryRow): Pick<MeasuredMemory, "label" | "engine" | "modelFamily" | "accelerator"> => {
  const column = (name: string) => textIn(row, name);
  const found = findAccelerator(request.accelerator.id);
  return {
    label: `${column("row_id")} ${column("model")} ${column("gpu")} tp${column("tp")} ${column("engine")} ${column("engine_version")} ${column("quant")}`,
    engine: column("engine"),
    modelFamily: String(request.model.config?.model_type ?? ""),
    accelerator: found.ok ? found.value.id : request.accelerator.id,
  };
};

const poolFigures = (memoryRow: MemoryRow): MeasuredMemory[] => {
  const { row } = memoryRow;
  const answer = answerTo(memoryRow);
  const subject = about(memoryRow);
  const figures: MeasuredMemory[] = [];
  const take = (quantity: MemoryQuantity, measured: number | undefined, predicted: number | undefined) => {
    if (measured) figures.push({ ...subject, quantity, measured, predicted, ...bandOf(quantity, answer) });
  };
  if (!textIn(row, "gpu").includes("MI300"))
    take("weights GiB per accelerator", numberIn(row, "weights_gib_per_gpu"), answer?.perAccelerator?.weightsGib);
  if (!hybrid.test(textIn(row, "model"))) {
    const perToken = numberIn(row, "derived_bytes_per_token_per_gpu");
    take("KV bytes per token per accelerator", perToken, answer?.kvCache?.bytesPerTokenPerAccelerator);
  }
  const pool = numberIn(row, "kv_mem_gib_per_gpu") ?? 0;
  if (pool > 0) take("KV pool GiB", pool, answer?.perAccelerator?.kvCacheGib);
  take("most concurrency", numberIn(row, "max_concurrency"), answer?.kvCache?.maxConcurrency);
  return figures;
};

const bandOf = (quantity: MemoryQuantity, answer: MemoryEstimate | undefined): Pick<MeasuredMemory, "interval"> =>
  quantity === "KV pool GiB" && answer?.interval ? { interval: answer.interval.kvCacheGib } : {};

const sequenceFigure = (memoryRow: MemoryRow): MeasuredMemory => {
  const predicted = answerTo(memoryRow)?.kvCache?.maxConcurrency;
  return {
    ...about(memoryRow),
    quantity: "TensorRT-LLM sequences",
    measured: numberIn(memoryRow.row, "other_value") ?? 0,
    predicted: predicted === undefined ? undefined : Math.floor(predicted),
  };
};

/** What PyTorch had allocated at most: weights, activations and the cache of the batch. */
const peakFigure = (memoryRow: MemoryRow): MeasuredMemory[] => {
  const measured = numberIn(memoryRow.row, "other_value");
  if (measured === undefined) return [];
  return [{ ...about(memoryRow), quantity: "transformers peak GiB", measured, predicted: peakOf(answerTo(batchOf(memoryRow)), memoryRow) }];
};

/** A batch of prompts in one forward pass. */
export const batchOf = ({ row, request }: MemoryRow): MemoryRow => {
  const prompt = numberIn(row, "max_model_len") ?? 1;
  const sequences = numberIn(row, "max_num_seqs") ?? 1;
  const engine = { ...request.engine, maxModelLen: prompt, maxNumSeqs: sequences, maxNumBatchedTokens: prompt * sequences };
  return { row, request: { ...request, engine, concurrency: sequences } };
};

const peakOf = (answer: MemoryEstimate | undefined, { row }: MemoryRow): number | undefined => {
  if (!answer?.perAccelerator || !answer.kvCache) return undefined;
  const tokens = (numberIn(row, "max_model_len") ?? 1) * (numberIn(row, "max_num_seqs") ?? 1);
  const cache = (tokens * answer.kvCache.bytesPerTokenPerAccelerator) / 2 ** 30;
  return answer.perAccelerator.weightsGib + answer.perAccelerator.activationGib + cache;
};

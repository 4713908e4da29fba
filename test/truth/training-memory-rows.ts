import { estimateTraining, type TrainingRequest, trainingRequest } from "@headroom/core";
import type { MeasuredRow } from "./errors.ts";
import { acceleratorNamed, modelNamed } from "./names.ts";
import { numberIn, readTruth, type TruthRow, textIn } from "./read-truth.ts";

/** One measured peak of a training run: what to ask, and the GiB that were used. */
export interface TrainingMemoryRow {
  readonly label: string;
  readonly request: TrainingRequest;
  readonly measuredGib: number;
  readonly framework: string;
  readonly model: string;
  readonly accelerator: string;
  /** The rows of one source and framework stand or fall together. */
  readonly source: string;
}

export const trainingMemoryRows = (): readonly TrainingMemoryRow[] => readTruth("memory-training.csv").flatMap(rowOf);

/** Predicted and measured peaks, in GiB. */
export const trainingMemoryErrors = (): readonly MeasuredRow[] =>
  trainingMemoryRows().flatMap(({ request, measuredGib, source: _, ...row }) => {
    const outcome = estimateTraining(request);
    if (!outcome.ok) return [];
    const { perAccelerator, interval } = outcome.value;
    return [
      {
        ...row,
        quantity: "peak memory of training, GiB",
        predicted: perAccelerator.totalGib,
        measured: measuredGib,
        interval: interval.totalGib,
      },
    ];
  });

const notSayable = /recipe default|see config|not stated|^\+|no opt-in-bwd|block checkpointing/;
const otherMethods = /DPO|capacity factor|GaLore|DoRA|AdaLoRA|Adapter|MTP|GPTQ/;

/** Whether what was run can be said in a request, and what was measured is the whole peak. */
const isSayable = (row: TruthRow): boolean => {
  const [kind, recompute, method] = [textIn(row, "mem_kind"), textIn(row, "recompute"), textIn(row, "method")];
  if (/activations|states/.test(kind) || /offload/i.test(textIn(row, "parallelism") + method)) return false;
  return !notSayable.test(recompute) && recompute !== "" && recompute !== "QLoRA" && !otherMethods.test(method);
};

const rowOf = (row: TruthRow): TrainingMemoryRow[] => {
  const model = modelNamed(textIn(row, "model"));
  const accelerator = acceleratorNamed(textIn(row, "gpu")) ?? "a100-sxm-80gb";
  const sequenceLength = numberIn(row, "seq_len");
  const microBatch = numberIn(row, "micro_batch");
  const memory = numberIn(row, "mem");
  const method = methodIn(textIn(row, "method"));
  if (!model || !sequenceLength || !microBatch || !memory || !method || !isSayable(row)) return [];
  const accelerators = numberIn(row, "gpus") ?? 1;
  const layout = layoutIn(textIn(row, "parallelism"));
  const cut = (layout.pipelineParallelSize ?? 1) > 1 && !textIn(row, "framework").includes("Megatron");
  const microBatchSize = cut ? 1 : microBatch;
  const ranks = (layout.tensorParallelSize ?? 1) * (layout.pipelineParallelSize ?? 1) * (layout.contextParallelSize ?? 1);
  const request = trainingRequest.parse({
    model: { config: model.config, id: textIn(row, "model") },
    method,
    ...(method === "full" ? {} : { lora: { rank: Number(/r=(\d+)/.exec(textIn(row, "method"))?.[1] ?? 8) } }),
    sequenceLength,
    microBatchSize,
    globalBatchSize: numberIn(row, "global_batch") ?? microBatch * Math.max(1, Math.floor(accelerators / ranks)),
    shard: shardIn(textIn(row, "parallelism")),
    recompute: recomputeIn(textIn(row, "recompute")),
    precision: precisionIn(textIn(row, "precision").toLowerCase(), method),
    layout,
    accelerator: { id: accelerator },
    accelerators,
  });
  return [
    {
      label: ["row_id", "model", "method", "framework", "parallelism", "seq_len", "micro_batch", "recompute"]
        .map((column) => textIn(row, column))
        .join(" "),
      request,
      measuredGib: textIn(row, "mem_unit") === "GB" ? (memory * 1e9) / 2 ** 30 : memory,
      framework: textIn(row, "framework"),
      model: textIn(row, "model"),
      accelerator,
      source: textIn(row, "framework").replace(/ .*/, ""),
    },
  ];
};

const methodIn = (text: string): TrainingRequest["method"] => {
  const lower = text.toLowerCase();
  if (lower.includes("qlora")) return "qlora";
  if (lower.includes("lora")) return "lora";
  return lower.includes("full") ? "full" : undefined;
};

const layoutIn = (text: string): NonNullable<TrainingRequest["layout"]> => {
  const size = (name: string) => Number(new RegExp(`\\b${name} ?(\\d+)`).exec(text)?.[1] ?? 1);
  return {
    tensorParallelSize: size("TP"),
    pipelineParallelSize: size("PP"),
    contextParallelSize: size("CP"),
    expertParallelSize: size("EP"),
  };
};

const shardIn = (text: string): TrainingRequest["shard"] => {
  if (text.includes("ZeRO-3")) return "zero-3";
  if (text.includes("ZeRO-2")) return "zero-2";
  return text.includes("FSDP") ? "fsdp" : "ddp";
};

const recomputeIn = (text: string): TrainingRequest["recompute"] => {
  if (/full|checkpoint/.test(text)) return "full";
  return /selective|SAC/.test(text) ? "selective" : "none";
};

const precisionIn = (text: string, method: TrainingRequest["method"]): TrainingRequest["precision"] => {
  if (text.includes("nvfp4")) return "nvfp4-mixed";
  if (/fp8|float8/.test(text)) return "fp8-mixed";
  return method !== "full" && /bf16-true|^bf16$/.test(text) ? "bf16" : "bf16-mixed";
};

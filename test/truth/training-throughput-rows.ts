import { estimateTraining, type TrainingRequest, trainingRequest } from "@headroom/core";
import type { MeasuredRow } from "./errors.ts";
import { acceleratorNamed, modelNamed } from "./names.ts";
import { numberIn, readTruth, type TruthRow, textIn } from "./read-truth.ts";

/** One public training run: what to ask, and the tokens per second of each accelerator that were measured. */
export interface TrainingThroughputRow {
  readonly label: string;
  readonly request: TrainingRequest;
  readonly measured: number;
  readonly framework: string;
  readonly frameworkVersion: string;
  readonly model: string;
  readonly accelerator: string;
}

export const trainingThroughputRows = (): readonly TrainingThroughputRow[] => readTruth("training-throughput.csv").flatMap(rowOf);

/** Llama 2 70B, whose config the facts leave out (Hugging Face meta-llama/Llama-2-70b-hf). */
const llama2Of70B = {
  model_type: "llama",
  hidden_size: 8192,
  num_hidden_layers: 80,
  num_attention_heads: 64,
  num_key_value_heads: 8,
  intermediate_size: 28_672,
  vocab_size: 32_000,
};

/** MLPerf's adapters on one node of eight: submissions of other chips and methods than any run that was fitted. */
export const adapterRows = (): readonly TrainingThroughputRow[] =>
  readTruth("training-throughput.csv").flatMap((row) => {
    const accelerator = acceleratorNamed(textIn(row, "gpu"));
    const measured = numberIn(row, "tokens_s_gpu");
    if (textIn(row, "model") !== "Llama-2-70B-LoRA" || numberIn(row, "n_gpus") !== 8 || !accelerator || !measured) return [];
    const request = trainingRequest.parse({
      model: { config: llama2Of70B },
      method: "lora",
      sequenceLength: 8192,
      microBatchSize: 1,
      globalBatchSize: 8,
      precision: "fp8-mixed",
      shard: "ddp",
      recompute: "none",
      accelerator: { id: accelerator },
      accelerators: 8,
    });
    const framework = textIn(row, "framework");
    const label = `${textIn(row, "id")} ${textIn(row, "gpu")} Llama-2-70B LoRA`;
    return [{ label, request, measured, framework, frameworkVersion: textIn(row, "framework_version"), model: "Llama-2-70B", accelerator }];
  });

/** Predicted and measured tokens per second of each accelerator. */
export const trainingThroughputErrors = (rows: readonly TrainingThroughputRow[] = trainingThroughputRows()): readonly MeasuredRow[] =>
  rows.flatMap(({ request, ...row }) => {
    const outcome = estimateTraining(request);
    if (!outcome.ok) return [];
    const { tokensPerSecondPerAccelerator, interval } = outcome.value;
    return [
      {
        ...row,
        quantity: "training tokens per second of each accelerator",
        predicted: tokensPerSecondPerAccelerator,
        interval: interval.tokensPerSecondPerAccelerator,
      },
    ];
  });

const rowOf = (row: TruthRow): TrainingThroughputRow[] => {
  const model = modelNamed(textIn(row, "model"));
  const accelerator = acceleratorNamed(textIn(row, "gpu"));
  const measured = numberIn(row, "tokens_s_gpu");
  const accelerators = numberIn(row, "n_gpus");
  const sequenceLength = numberIn(row, "seq_len");
  const parallelism = textIn(row, "parallelism");
  const fsdp = parallelism.includes("FSDP");
  if (!model || !accelerator || !measured || !accelerators || !sequenceLength) return [];
  if (textIn(row, "quality") === "C" || /LoRA/.test(textIn(row, "model") + textIn(row, "note"))) return [];
  if (!fsdp && !/^TP\d/.test(parallelism)) return [];
  const request = trainingRequest.parse({
    model: { config: model.config, id: textIn(row, "model") },
    sequenceLength,
    microBatchSize: numberIn(row, "micro_batch") ?? 1,
    globalBatchSize: numberIn(row, "global_batch_seqs") ?? accelerators,
    precision: precisionIn(textIn(row, "precision")),
    shard: fsdp ? "fsdp" : "zero-1",
    layout: layoutIn(parallelism),
    recompute: recomputeIn(textIn(row, "act_ckpt")),
    accelerator: { id: accelerator },
    accelerators,
  });
  return [
    {
      label: `${textIn(row, "id")} ${textIn(row, "gpu")} ${textIn(row, "framework")} ${textIn(row, "model")} ${textIn(row, "precision")} ${accelerators} ${parallelism} s${sequenceLength}`,
      request,
      measured,
      framework: textIn(row, "framework"),
      frameworkVersion: textIn(row, "framework_version"),
      model: textIn(row, "model").replace(/ \(.*/, ""),
      accelerator,
    },
  ];
};

const precisionIn = (text: string): TrainingRequest["precision"] =>
  text.includes("fp8") ? "fp8-mixed" : text.includes("fp4") ? "nvfp4-mixed" : "bf16-mixed";

const recomputeIn = (text: string): TrainingRequest["recompute"] => {
  if (text === "True" || text === "full") return "full";
  return /selective|SAC/.test(text) ? "selective" : "none";
};

const layoutIn = (text: string): TrainingRequest["layout"] => {
  const size = (name: string) => Number(new RegExp(`${name}(\\d+)`).exec(text)?.[1] ?? 1);
  return {
    tensorParallelSize: size("TP"),
    pipelineParallelSize: size("PP"),
    contextParallelSize: size("CP"),
    virtualPipelineSize: size("VP"),
    expertParallelSize: size("EP"),
  };
};

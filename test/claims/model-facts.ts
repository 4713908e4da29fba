import {
  countParameters,
  draftTensors,
  estimateMemory,
  estimateTraining,
  findAccelerator,
  type MemoryEstimate,
  type MemoryRequest,
  type ModelArchitecture,
  type ModelReference,
  type Outcome,
  type ParameterCount,
  resolveModel,
  servedTensors,
  storedBytes,
  type TrainingEstimate,
  type TrainingRequest,
} from "@headroom/core";

/** The value, where a refusal would be a mistake in a claim's check. */
export const answerOf = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join("; "));
  return outcome.value;
};

export const models = {
  deepseekV3: { id: "deepseek-ai/DeepSeek-V3" },
  deepseekR1: { id: "deepseek-ai/DeepSeek-R1" },
  deepseekV2: { id: "deepseek-ai/DeepSeek-V2" },
  deepseekV2Lite: { id: "deepseek-ai/DeepSeek-V2-Lite" },
  deepseekLlm7b: { id: "deepseek-ai/deepseek-llm-7b-base" },
  distilled1b5: { id: "deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B" },
  distilled32b: { id: "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B" },
  distilled70b: { id: "deepseek-ai/DeepSeek-R1-Distill-Llama-70B" },
  llama2Of7b: { id: "meta-llama/Llama-2-7b-hf" },
  llama2Of13b: { id: "meta-llama/Llama-2-13b-hf" },
  llama31Of8b: { id: "meta-llama/Llama-3.1-8B" },
  qwen25Of7b: { id: "Qwen/Qwen2.5-7B-Instruct" },
  /** The one public shape of 175 billion parameters: GPT-3 (arXiv 2005.14165, table 2.1). */
  gpt3: { config: { model_type: "gpt2", n_embd: 12_288, n_layer: 96, n_head: 96, n_positions: 2048 } },
} as const satisfies Readonly<Record<string, ModelReference>>;

export const architecture = (model: ModelReference): ModelArchitecture => answerOf(resolveModel(model));
export const isBundled = (id: string): boolean => resolveModel({ id }).ok;
export const parameters = (model: ModelReference): ParameterCount => countParameters(architecture(model));

export const memory = (request: MemoryRequest): MemoryEstimate => answerOf(estimateMemory(request));

type WeightFormat = Extract<NonNullable<NonNullable<MemoryRequest["precision"]>["weights"]>, string>;

/** All weights that are loaded to serve, in GB: linear layers in the format, embeddings and norms as quantized files keep them. */
export const weightsGb = (model: ModelReference, weights: WeightFormat): number =>
  gibToGb(memory({ model, precision: { weights } }).weightsGib);

export const gibToGb = (gib: number): number => (gib * 2 ** 30) / 1e9;
export const gbToGib = (gb: number): number => (gb * 1e9) / 2 ** 30;

/** Every byte of the published files, draft layers and scales too. */
export const publishedBytes = (model: ModelReference): number => {
  const shape = architecture(model);
  return [...servedTensors(shape), ...draftTensors(shape)].reduce((sum, tensor) => sum + storedBytes(tensor, shape.storedFormats), 0);
};

/** Cache of one token over all layers, 16 bits a value, on one accelerator. */
export const kvBytesPerToken = (model: ModelReference): number =>
  memory({ model, accelerator: { id: "h200-sxm" } }).kvCache?.bytesPerTokenPerAccelerator ?? Number.NaN;

const oneStep = { sequenceLength: 2048, microBatchSize: 1, globalBatchSize: 1, accelerators: 1, shard: "ddp" } as const;

export const training = (change: Pick<TrainingRequest, "model"> & Partial<TrainingRequest>): TrainingEstimate =>
  answerOf(estimateTraining({ ...oneStep, accelerator: { id: "a100-sxm-80gb" }, ...change }));

/** Bytes of weights, gradients and optimizer that one parameter needs while it is trained. */
export const statesPerParameter = (precision: NonNullable<TrainingRequest["precision"]>): number => {
  const { weightsGib, gradientsGib, optimizerGib } = training({ model: models.llama31Of8b, precision }).perAccelerator;
  return ((weightsGib + gradientsGib + optimizerGib) * 2 ** 30) / parameters(models.llama31Of8b).total;
};

/** The weights' share of these. */
export const weightsPerParameter = (precision: NonNullable<TrainingRequest["precision"]>): number =>
  (training({ model: models.llama31Of8b, precision }).perAccelerator.weightsGib * 2 ** 30) / parameters(models.llama31Of8b).total;

/** Model FLOPs of one trained token, from the estimate's own time, over 6 for each parameter that multiplies. */
export const flopsOverRule = (model: ModelReference, sequenceLength: number): number => {
  const { stepSeconds, mfu } = training({ model, sequenceLength, recompute: "none" });
  const { total, byPart } = parameters(model);
  const peak = answerOf(findAccelerator("a100-sxm-80gb")).peak.bf16 ?? Number.NaN;
  return (stepSeconds * mfu * peak) / sequenceLength / (6 * (total - byPart.embeddings));
};

import type { TrainingRequest } from "../request/training-request.ts";

export type FrameworkName = NonNullable<TrainingRequest["framework"]>["name"];

/** What frameworks do differently with the same model. */
export interface FrameworkTraits {
  /** Megatron's kernels and schedules, or PyTorch's own. */
  readonly family: "megatron" | "torch";
  /** How the loss treats its logits: op by op, compiled into few, or fused and in place over the tensor ranks. */
  readonly loss: "eager" | "compiled" | "fused";
  /** Gradients are summed in F32 over the micro-batches. */
  readonly gradientBits: 16 | 32;
  /** Of gradients that wait whole on each rank before ZeRO-2 spreads them (DeepSpeed's own estimator: 4ψ + 16ψ/N). */
  readonly unreducedGradientBytes: 0 | 2;
  /** What selective recomputation computes again: the attention's scores alone, or every second matrix too. */
  readonly selective: "scores" | "every-second-matrix";
}

const megatron: FrameworkTraits = { family: "megatron", loss: "fused", gradientBits: 32, unreducedGradientBytes: 0, selective: "scores" };
const torch: FrameworkTraits = {
  family: "torch",
  loss: "eager",
  gradientBits: 16,
  unreducedGradientBytes: 0,
  selective: "every-second-matrix",
};

const traits: Readonly<Record<FrameworkName, FrameworkTraits>> = {
  megatron,
  nemo: megatron,
  torchtitan: { ...torch, loss: "compiled" },
  composer: { ...torch, loss: "compiled" },
  deepspeed: { ...torch, gradientBits: 32, unreducedGradientBytes: 2 },
  torchtune: torch,
  litgpt: torch,
};

export const frameworkTraits = (name: FrameworkName): FrameworkTraits => traits[name];

/** The framework people run such a job with, where the request does not say. */
export const likelyFramework = ({ method = "full", shard = "zero-1", layout = {} }: TrainingRequest): FrameworkName => {
  const { tensorParallelSize = 1, pipelineParallelSize = 1, contextParallelSize = 1, expertParallelSize = 1 } = layout;
  if (shard === "fsdp") return method === "full" ? "torchtitan" : "torchtune";
  if (shard === "zero-2" || shard === "zero-3") return "deepspeed";
  const split = tensorParallelSize * pipelineParallelSize * contextParallelSize * expertParallelSize;
  return split > 1 || (shard === "zero-1" && method === "full") ? "megatron" : "torchtune";
};

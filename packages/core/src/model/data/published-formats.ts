import type { WeightFormat } from "../../request/precision.ts";

/** A further checkpoint that the publisher of a bundled model has released itself. */
export interface PublishedFormat {
  readonly model: string;
  readonly format: WeightFormat;
  readonly checkpoint: string;
  readonly source: string;
}

const nemotronSuper = "https://research.nvidia.com/labs/nemotron/Nemotron-3-Super (read 2026-11)";
const glm45 = "https://huggingface.co/zai-org/GLM-4.5 (FP8 versions of both, read 2026-11)";
const smallQwen3 =
  "https://huggingface.co/spaces/YUGOROU/ZeroGPU-LLM-Inference/commit/9ece00927fe154739b5f1dfe3ae9e30625318d24 (names it, read 2026-11)";

/**
 * Beside the format of each model's own config. Only what a public page names is here: a model that is missing may have more,
 * and quantizations by others than the publisher are left out.
 */
export const publishedFormats: readonly PublishedFormat[] = [
  {
    model: "Qwen/Qwen3-8B",
    format: "fp8",
    checkpoint: "Qwen/Qwen3-8B-FP8",
    source: "measured loads of it in a public list of checkpoint totals (read 2026-08)",
  },
  { model: "Qwen/Qwen3-32B", format: "fp8", checkpoint: "Qwen/Qwen3-32B-FP8", source: smallQwen3 },
  { model: "Qwen/Qwen3-30B-A3B", format: "fp8", checkpoint: "Qwen/Qwen3-30B-A3B-FP8", source: smallQwen3 },
  {
    model: "Qwen/Qwen3-235B-A22B",
    format: "fp8",
    checkpoint: "Qwen/Qwen3-235B-A22B-FP8",
    source: "https://github.com/vllm-project/vllm/issues/21348 (read 2026-11)",
  },
  {
    model: "Qwen/Qwen3-Coder-480B-A35B-Instruct",
    format: "fp8",
    checkpoint: "Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8",
    source: "https://github.com/vllm-project/recipes/pull/7 (read 2026-11)",
  },
  {
    model: "Qwen/Qwen3-Next-80B-A3B-Instruct",
    format: "fp8",
    checkpoint: "Qwen/Qwen3-Next-80B-A3B-Instruct-FP8",
    source: "https://github.com/vllm-project/recipes/pull/121 (read 2026-11)",
  },
  {
    model: "Qwen/Qwen3.5-27B",
    format: "fp8",
    checkpoint: "Qwen/Qwen3.5-27B-FP8",
    source: "https://github.com/modelscope/ms-swift/pull/8136 (read 2026-11)",
  },
  {
    model: "Qwen/Qwen3.5-122B-A10B",
    format: "fp8",
    checkpoint: "Qwen/Qwen3.5-122B-A10B-FP8",
    source: "https://github.com/eugr/spark-vllm-docker (recipes/qwen3.5-122b-fp8.yaml, read 2026-11)",
  },
  { model: "zai-org/GLM-4.5", format: "fp8", checkpoint: "zai-org/GLM-4.5-FP8", source: glm45 },
  { model: "zai-org/GLM-4.5-Air", format: "fp8", checkpoint: "zai-org/GLM-4.5-Air-FP8", source: glm45 },
  {
    model: "zai-org/GLM-5",
    format: "fp8",
    checkpoint: "zai-org/GLM-5-FP8",
    source: "https://github.com/ai-dynamo/aiconfigurator at 691ec908 (model_configs/zai-org--GLM-5-FP8_config.json, read 2026-11)",
  },
  {
    model: "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B",
    format: "fp8",
    checkpoint: "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B-FP8",
    source: nemotronSuper,
  },
  {
    model: "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B",
    format: "nvfp4",
    checkpoint: "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B-NVFP4",
    source: nemotronSuper,
  },
  {
    model: "meta-llama/Llama-4-Maverick-17B-128E-Instruct",
    format: "fp8",
    checkpoint: "meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8",
    source: "https://github.com/vllm-project/vllm/pull/16104 (read 2026-11)",
  },
];

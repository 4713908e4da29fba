import { readFileSync } from "node:fs";
import type { PerformanceRequest } from "@headroom/core";
import { hasSharedData, sharedPath } from "../shared-data.ts";

/** How measurements write models, accelerators, engines and layouts, and what the contract calls them. */

interface KnownModel {
  readonly model: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const models: ReadonlyMap<string, KnownModel> = new Map(
  (hasSharedData ? (JSON.parse(readFileSync(sharedPath("facts/models.json"), "utf8")) as KnownModel[]) : []).map((model) => [
    model.model,
    model,
  ]),
);

const byArchitecture: ReadonlyMap<string, string> = new Map([
  ["llama3-8b", "meta-llama/Llama-3.1-8B"],
  ["llama3-70b", "meta-llama/Llama-3.1-70B"],
  ["llama3-405b", "meta-llama/Llama-3.1-405B"],
  ["deepseek-v3-671b", "deepseek-ai/DeepSeek-V3"],
  ["qwen3-32b", "Qwen/Qwen3-32B"],
  ["qwen3-235b-a22b", "Qwen/Qwen3-235B-A22B"],
  ["qwen3-30b-a3b", "Qwen/Qwen3-30B-A3B"],
  ["gpt-oss-120b", "openai/gpt-oss-120b"],
  ["gpt-oss-20b", "openai/gpt-oss-20b"],
  ["minimax-m2.5", "MiniMaxAI/MiniMax-M2.5"],
  ["kimi-k2-1t", "moonshotai/Kimi-K2-Instruct"],
  ["mixtral-8x7b", "mistralai/Mixtral-8x7B-v0.1"],
  ["mixtral-8x22b", "mistralai/Mixtral-8x22B-v0.1"],
  ["llama2-7b", "meta-llama/Llama-2-7b-hf"],
  ["llama2-13b", "meta-llama/Llama-2-13b-hf"],
  ["qwen3.5-397b-a17b", "Qwen/Qwen3.5-397B-A17B"],
  ["llama4-scout", "meta-llama/Llama-4-Scout-17B-16E-Instruct"],
  ["llama4-maverick", "meta-llama/Llama-4-Maverick-17B-128E-Instruct"],
]);

/** The first part that a name contains decides; without a target the model is not known well enough. */
const byPartOfName: readonly (readonly [string, string | undefined])[] = [
  ["llama-3.3-70b", "meta-llama/Llama-3.1-70B"],
  ["llama-3.1-70b", "meta-llama/Llama-3.1-70B"],
  ["llama-3.1-8b", "meta-llama/Llama-3.1-8B"],
  ["llama-3-8b", "meta-llama/Llama-3.1-8B"],
  ["llama-3.2-3b", "meta-llama/Llama-3.2-3B"],
  ["llama-2-7b", "meta-llama/Llama-2-7b-hf"],
  ["llama 2 7", "meta-llama/Llama-2-7b-hf"],
  ["llama-2-13b", "meta-llama/Llama-2-13b-hf"],
  ["llama-3.1-405b", "meta-llama/Llama-3.1-405B"],
  ["deepseek-v3.2", "deepseek-ai/DeepSeek-V3.2"],
  ["deepseek-v4-pro", "deepseek-ai/DeepSeek-V4-Pro"],
  ["deepseek-v4-flash", "deepseek-ai/DeepSeek-V4-Flash"],
  ["deepseek-r1", "deepseek-ai/DeepSeek-R1"],
  ["deepseek-v3", "deepseek-ai/DeepSeek-V3"],
  ["qwen3-vl-30b-a3b", "Qwen/Qwen3-30B-A3B"],
  ["qwen3-235b-a22b", "Qwen/Qwen3-235B-A22B"],
  ["qwen3-30b-a3b", "Qwen/Qwen3-30B-A3B"],
  ["qwen3-32b", "Qwen/Qwen3-32B"],
  ["qwen3-0.6b", "Qwen/Qwen3-0.6B"],
  ["qwen3-8b", "Qwen/Qwen3-8B"],
  ["qwen3.5-397b", "Qwen/Qwen3.5-397B-A17B"],
  ["qwen3.5-122b", "Qwen/Qwen3.5-122B-A10B"],
  ["qwen3.5-35b", "Qwen/Qwen3.5-35B-A3B"],
  ["qwen2.5-7b", "Qwen/Qwen2.5-7B-Instruct"],
  ["qwen2-7b", "Qwen/Qwen2.5-7B-Instruct"],
  ["qwen2.5-72b", "Qwen/Qwen2.5-72B-Instruct"],
  ["glm-5", "zai-org/GLM-5"],
  ["nemotron_3_nano", "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B"],
  ["nemotron_3_super", "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B"],
  ["nemotron-3-nano", "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B"],
  ["nemotron-3-super", "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B"],
  ["minimax-m2.5", "MiniMaxAI/MiniMax-M2.5"],
  ["kimi-k2", "moonshotai/Kimi-K2-Instruct"],
  ["maverick", "meta-llama/Llama-4-Maverick-17B-128E-Instruct"],
  ["scout", "meta-llama/Llama-4-Scout-17B-16E-Instruct"],
  ["gpt-oss-120b", "openai/gpt-oss-120b"],
  ["gpt oss 120b", "openai/gpt-oss-120b"],
  ["gpt-oss-20b", "openai/gpt-oss-20b"],
  ["deepseek-llm-67b", "deepseek-ai/deepseek-llm-67b-base"],
  ["deepseek-llm-7b", "deepseek-ai/deepseek-llm-7b-base"],
  ["phi-4", "microsoft/phi-4"],
  ["mistral-small-3.2", "mistralai/Mistral-Small-3.2-24B-Instruct-2506"],
  ["moonlight", "moonshotai/Moonlight-16B-A3B"],
  ["llama3.1_405b", "meta-llama/Llama-3.1-405B"],
  ["llama3_70b", "meta-llama/Llama-3.1-70B"],
  ["llama3_8b", "meta-llama/Llama-3.1-8B"],
  ["deepseekv3", "deepseek-ai/DeepSeek-V3"],
  ["qwen3_30b", "Qwen/Qwen3-30B-A3B"],
  ["qwen3_235b", "Qwen/Qwen3-235B-A22B"],
  ["kimi_k2", "moonshotai/Kimi-K2-Instruct"],
  ["llama2-70b", undefined],
  ["llama2-7b", "meta-llama/Llama-2-7b-hf"],
  ["llama2-13b", "meta-llama/Llama-2-13b-hf"],
];

/** hiddenSize, layers and heads of MosaicML's MPT sizes. */
const mptShapes: ReadonlyMap<string, readonly [number, number, number]> = new Map([
  ["125m", [768, 12, 12]],
  ["350m", [1024, 24, 16]],
  ["760m", [1536, 24, 12]],
  ["1b", [2048, 24, 16]],
  ["3b", [2560, 32, 20]],
  ["7b", [4096, 32, 32]],
  ["13b", [5120, 40, 40]],
  ["30b", [7168, 48, 56]],
  ["70b", [8192, 80, 64]],
]);

const acceleratorsByPartOfName: readonly (readonly [string, string | undefined])[] = [
  ["h100-nvl", "h100-nvl"],
  ["h100-pcie", "h100-pcie"],
  ["h100", "h100-sxm"],
  ["gh200", undefined],
  ["h200-nvl", undefined],
  ["h200", "h200-sxm"],
  ["gb200", "gb200"],
  ["gb300", "gb300"],
  ["b200", "b200-sxm"],
  ["b300", "b300-sxm"],
  ["a100-pcie-40", "a100-pcie-40gb"],
  ["a100-sxm-40", "a100-sxm-40gb"],
  ["a100-40", "a100-sxm-40gb"],
  ["a100", "a100-sxm-80gb"],
  ["a10g", "a10g"],
  ["mi300x", "mi300x"],
  ["mi325x", "mi325x"],
  ["l40s", "l40s"],
  ["h800", "h800-sxm"],
  ["h20-", "h20"],
  ["l20", "l20"],
  ["rtx-pro-6000", "rtx-pro-6000-blackwell-server"],
  ["rtx 3090", "rtx-3090"],
  ["rtx 4090", "rtx-4090"],
  ["rtx 5090", "rtx-5090"],
  ["trainium1", "trainium1"],
  ["inferentia2", "inferentia2"],
  ["tpu-v6e", "tpu-v6e"],
  ["tpu-v5p", "tpu-v5p"],
];

const enginesByPartOfName = [
  ["vllm", "vllm"],
  ["sglang", "sglang"],
  ["tensorrt", "tensorrt-llm"],
  ["nim", "tensorrt-llm"],
  ["hf transformers", "transformers"],
  ["litgpt", "transformers"],
] as const;

const weightFormatsByPartOfName = [
  ["mxfp4", "mxfp4"],
  ["nvfp4", "nvfp4"],
  ["fp4", "nvfp4"],
  ["fp8", "fp8"],
  ["int8", "int8"],
  ["int4", "int4"],
  ["w4a16", "int4"],
  ["awq", "int4"],
  ["gptq", "int4"],
  ["bf16", "bf16"],
  ["fp16", "fp16"],
] as const;

/** The model a measurement names, by its architecture where it gives one. */
export const modelNamed = (name: string, architecture = ""): KnownModel | undefined => {
  const alias = byArchitecture.get(architecture);
  if (alias) return models.get(alias);
  const lower = name.toLowerCase();
  const mpt = mptShapes.get(/^mpt-(\w+)$/.exec(lower)?.[1] ?? "");
  if (mpt) return { model: name, config: mptConfig(mpt) };
  if (/distill|r1-0528-qwen|-vl-|vision/.test(lower)) return models.get(name);
  const found = byPartOfName.find(([part]) => lower.includes(part));
  if (found) return found[1] === undefined ? undefined : models.get(found[1]);
  return models.get(name);
};

const mptConfig = ([hiddenSize, layers, heads]: readonly [number, number, number]): KnownModel["config"] => ({
  model_type: "gpt_neox",
  hidden_size: hiddenSize,
  num_hidden_layers: layers,
  num_attention_heads: heads,
  intermediate_size: 4 * hiddenSize,
  vocab_size: 50_368,
  max_position_embeddings: 65_536,
  tie_word_embeddings: true,
  torch_dtype: "bfloat16",
  rotary_pct: 1,
  use_parallel_residual: false,
});

export const acceleratorNamed = (name: string): string | undefined =>
  acceleratorsByPartOfName.find(([part]) => name.toLowerCase().includes(part))?.[1];

export const engineNamed = (name: string) => enginesByPartOfName.find(([part]) => name.toLowerCase().includes(part))?.[1];

export const versionIn = (text: string): string | undefined => /^v?(\d+\.\d+(\.\d+)?)/.exec(text)?.[1];

export const weightFormatIn = (text: string) => weightFormatsByPartOfName.find(([part]) => text.toLowerCase().includes(part))?.[1];

/** The format that a config's own quantization gives. */
export const ownWeightFormat = (model: KnownModel) => weightFormatIn(JSON.stringify(model.config.quantization_config ?? {}));

/** A measurement's parallelism as the contract's layout: DEP8, TP8, TP8 EP8, TP8 EP8 attention-DP. */
export const layoutNamed = (text: string): PerformanceRequest["layout"] => {
  const spread = /^DEP(\d+)$/.exec(text);
  if (spread) return { tensorParallelSize: 1, dataParallelSize: Number(spread[1]), expertParallel: true };
  const named = /^TP(\d+)(?: EP(\d+))?( attention-DP)?$/.exec(text);
  if (!named) return undefined;
  const ranks = Number(named[1]);
  const expertParallel = Number(named[2] ?? 1) > 1;
  return named[3] ? { tensorParallelSize: 1, dataParallelSize: ranks, expertParallel } : { tensorParallelSize: ranks, expertParallel };
};

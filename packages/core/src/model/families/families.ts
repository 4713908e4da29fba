import { deepSeekV2, deepSeekV3, deepSeekV32 } from "./deepseek.ts";
import { gemma2, llama, mistral, phi3, qwen2, qwen3 } from "./llama.ts";
import { mixtral, qwen3Moe } from "./mixture.ts";
import type { ModelFamily } from "./model-family.ts";

const families: readonly ModelFamily[] = [
  llama,
  mistral,
  phi3,
  qwen2,
  qwen3,
  gemma2,
  mixtral,
  qwen3Moe,
  deepSeekV2,
  deepSeekV3,
  deepSeekV32,
];

const byModelType: ReadonlyMap<string, ModelFamily> = new Map(
  families.flatMap((family) => family.modelTypes.map((modelType) => [modelType, family] as const)),
);

export const findFamily = (modelType: string): ModelFamily | undefined => byModelType.get(modelType);

export const knownModelTypes: readonly string[] = [...byModelType.keys()].toSorted();

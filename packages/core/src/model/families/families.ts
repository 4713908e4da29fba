import { deepSeekV2, deepSeekV3, deepSeekV32, glm4MoeLite, glmMoeDsa } from "./deepseek.ts";
import { deepSeekV4 } from "./deepseek-v4.ts";
import {
  chatGlm,
  cohere,
  cohere2,
  exaone4,
  glm,
  glm4,
  hunYuanDense,
  likeLlama,
  olmo,
  olmo2,
  olmo3,
  seedOss,
  stableLm,
} from "./gated-decoders.ts";
import { dots1, ernie45Moe, olmoe, phiMoe, qwen2Moe } from "./gated-mixtures.ts";
import { gemma, gemma2, gemma3, gemma4 } from "./gemma.ts";
import { glm4Moe } from "./glm.ts";
import { bloom, gpt2, gptBigCode, gptJ, gptNeoX } from "./gpt.ts";
import { gptOss } from "./gpt-oss.ts";
import { graniteMoe, graniteMoeHybrid } from "./granite.ts";
import { kimiLinear } from "./kimi-linear.ts";
import { llama, mistral, phi3, qwen2, qwen3 } from "./llama.ts";
import { llama4 } from "./llama4.ts";
import { mimoV2 } from "./mimo.ts";
import { miniMaxM1, miniMaxM2, miniMaxM3 } from "./minimax.ts";
import { mixtral, qwen3Moe } from "./mixture.ts";
import type { ModelFamily } from "./model-family.ts";
import { nemotronH } from "./nemotron-h.ts";
import { falcon, mpt, nemotron, opt, phi, starCoder2 } from "./plain-decoders.ts";
import { qwen3Next, qwen35, qwen35Moe } from "./qwen-hybrid.ts";

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
  glmMoeDsa,
  glm4MoeLite,
  deepSeekV4,
  gptOss,
  glm4Moe,
  miniMaxM1,
  miniMaxM2,
  miniMaxM3,
  gemma,
  gemma3,
  gemma4,
  graniteMoe,
  graniteMoeHybrid,
  kimiLinear,
  llama4,
  mimoV2,
  nemotronH,
  qwen3Next,
  qwen35,
  qwen35Moe,
  likeLlama,
  cohere,
  cohere2,
  olmo,
  olmo2,
  olmo3,
  glm,
  glm4,
  chatGlm,
  exaone4,
  seedOss,
  hunYuanDense,
  stableLm,
  qwen2Moe,
  olmoe,
  phiMoe,
  dots1,
  ernie45Moe,
  gpt2,
  gptBigCode,
  gptJ,
  gptNeoX,
  bloom,
  mpt,
  falcon,
  opt,
  phi,
  starCoder2,
  nemotron,
];

const byModelType: ReadonlyMap<string, ModelFamily> = new Map(
  families.flatMap((family) => family.modelTypes.map((modelType) => [modelType, family] as const)),
);

export const findFamily = (modelType: string): ModelFamily | undefined => byModelType.get(modelType);

export const knownModelTypes: readonly string[] = [...byModelType.keys()].toSorted();

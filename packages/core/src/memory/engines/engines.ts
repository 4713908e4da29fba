import type { EngineName } from "../../request/engine.ts";
import type { EngineMemory } from "./engine-memory.ts";
import { sglang } from "./sglang.ts";
import { tensorrtLlm } from "./tensorrt-llm.ts";
import { transformers } from "./transformers.ts";
import { vllm } from "./vllm.ts";

const engines: Readonly<Record<EngineName, EngineMemory>> = { vllm, sglang, "tensorrt-llm": tensorrtLlm, transformers };

/** What this engine declares about its memory. */
export const engineMemory = (name: EngineName): EngineMemory => engines[name];

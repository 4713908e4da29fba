import type { EngineName } from "../request/engine.ts";

/** What every engine declares about its scheduler. Nobody else asks which engine it is. */
export interface EngineScheduling {
  /** `mixed`: prompts are read in chunks beside the sequences that decode; `apart`: in steps of their own, while decoding stands still. */
  readonly prompts: "mixed" | "apart";
  /** `whole`: a request starts once the cache has room for all its tokens; `growing`: while blocks are free. */
  readonly admits: "whole" | "growing";
  /** Requests that run at once where nothing is said, as its serving benchmark starts it; absent: as the memory stage has it. */
  readonly maxNumSeqs?: number;
}

const scheduling: Readonly<Record<EngineName, EngineScheduling>> = {
  vllm: { prompts: "mixed", admits: "growing" },
  sglang: { prompts: "apart", admits: "growing", maxNumSeqs: 1024 },
  "tensorrt-llm": { prompts: "mixed", admits: "whole", maxNumSeqs: 2048 },
  transformers: { prompts: "mixed", admits: "whole" },
};

export const engineScheduling = (engine: EngineName): EngineScheduling => scheduling[engine];

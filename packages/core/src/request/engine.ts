import { z } from "zod";
import { count, share, tokenCount } from "./fields.ts";

export const engineNames = ["vllm", "sglang", "tensorrt-llm", "transformers"] as const;

/** Shares kept in host memory instead of the accelerator's. */
const hostOffload = z
  .strictObject({
    experts: share.optional().describe("Of the routed experts' weights."),
    kvCache: share.max(0.95, "must be a share from 0 to 0.95").optional().describe("Of each request's KV cache."),
  })
  .describe("What is kept in host memory and fetched when it is needed.");

export const engine = z
  .strictObject({
    name: z.enum(engineNames, { error: `must be one of ${engineNames.join(", ")}` }).optional(),
    version: z
      .string()
      .regex(/^\d+(\.\d+){0,3}$/, 'must look like "0.19" or "0.19.1"')
      .optional(),
    gpuMemoryUtilization: z
      .number({ error: "must be a share above 0, at most 1" })
      .gt(0)
      .max(1)
      .optional()
      .describe(
        "The engine's own: share of the total for vLLM, mem-fraction-static for SGLang, share of what is free after load for TensorRT-LLM.",
      ),
    maxModelLen: tokenCount.optional(),
    maxNumSeqs: count(1_000_000).optional(),
    maxNumBatchedTokens: tokenCount.optional(),
    enforceEager: z.boolean().optional(),
    hostOffload: hostOffload.optional(),
  })
  .describe("The serving engine and its limits.");

export type EngineName = (typeof engineNames)[number];
export type EngineRequest = z.output<typeof engine>;

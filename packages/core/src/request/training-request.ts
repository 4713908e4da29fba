import { z } from "zod";
import { acceleratorReference, reserve } from "./accelerator-reference.ts";
import { count, label, positive, tokenCount } from "./fields.ts";
import { modelReference } from "./model-reference.ts";
import { trainingLayout } from "./parallel-layout.ts";

export const trainingMethods = ["full", "lora", "qlora"] as const;
export const trainingPrecisions = ["bf16-mixed", "fp16-mixed", "bf16", "fp32", "fp8-mixed", "nvfp4-mixed"] as const;
export const optimizers = ["adamw", "adamw-8bit", "sgd", "muon"] as const;
export const shardings = ["ddp", "zero-1", "zero-2", "zero-3", "fsdp"] as const;
export const recomputations = ["none", "selective", "full"] as const;
export const offloads = ["optimizer", "parameters", "activations"] as const;
export const trainingFrameworks = ["megatron", "nemo", "torchtitan", "deepspeed", "composer", "torchtune", "litgpt"] as const;
export const trainingQuestions = ["fit", "max-micro-batch", "max-sequence", "min-accelerators"] as const;

const gradientBitsRule = "must be a number of bits, 1 to 32";

export const trainingRequest = z
  .strictObject({
    model: modelReference,
    method: z
      .enum(trainingMethods)
      .optional()
      .describe("lora and qlora train adapters on every linear matrix; the weights stay as they are."),
    lora: z.strictObject({ rank: count(4096).optional() }).optional(),
    precision: z.enum(trainingPrecisions).optional(),
    optimizer: z.enum(optimizers).optional(),
    shard: z.enum(shardings).optional(),
    sequenceLength: tokenCount,
    microBatchSize: count(1_000_000),
    globalBatchSize: count(100_000_000).describe("Sequences in one optimizer step, over all accelerators."),
    recompute: z.enum(recomputations).optional(),
    layout: trainingLayout.optional(),
    accelerator: acceleratorReference,
    accelerators: count(10_000_000),
    nodeSize: count(1024).optional().describe("Accelerators that share the fast link."),
    tokens: positive(1e18).optional().describe("Tokens to train on in all."),
    offload: z.array(z.enum(offloads)).max(offloads.length).optional().describe("What waits in host memory."),
    chunkedLoss: z.boolean().optional().describe("The loss is computed over an eighth of the logits at a time."),
    packing: z
      .boolean()
      .optional()
      .describe("Short samples are joined to whole sequences; without it the rest of each sequence is padding."),
    gradientBits: z
      .number({ error: gradientBitsRule })
      .min(1, gradientBitsRule)
      .max(32, gradientBitsRule)
      .optional()
      .describe("Of one gradient value, as kept and as sent between data-parallel ranks."),
    framework: z.strictObject({ name: z.enum(trainingFrameworks), version: label.optional() }).optional(),
    reserve: reserve.optional(),
    solveFor: z.enum(trainingQuestions).optional(),
  })
  .refine(({ method, lora }) => lora === undefined || method === "lora" || method === "qlora", {
    path: ["lora"],
    message: 'goes with method "lora" or "qlora"',
  });

export type TrainingRequest = z.output<typeof trainingRequest>;

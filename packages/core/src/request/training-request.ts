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
export const trainingFrameworks = ["megatron", "nemo", "torchtitan", "deepspeed", "composer", "torchtune", "litgpt"] as const;
export const trainingQuestions = ["fit", "max-micro-batch", "max-sequence", "min-accelerators"] as const;

export const trainingRequest = z.strictObject({
  model: modelReference,
  method: z.enum(trainingMethods).optional(),
  lora: z.strictObject({ rank: count(16_384) }).optional(),
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
  nodeSize: count(1024).optional(),
  tokens: positive(1e18).optional().describe("Tokens to train on in all."),
  offload: z
    .array(z.enum(["optimizer", "parameters", "activations"]))
    .max(3)
    .optional(),
  chunkedLoss: z.boolean().optional(),
  packing: z.boolean().optional(),
  gradientBits: z.union([z.literal(8), z.literal(16), z.literal(32)], { error: "must be 8, 16 or 32" }).optional(),
  framework: z.strictObject({ name: z.enum(trainingFrameworks), version: label.optional() }).optional(),
  reserve: reserve.optional(),
  solveFor: z.enum(trainingQuestions).optional(),
});

export type TrainingRequest = z.output<typeof trainingRequest>;

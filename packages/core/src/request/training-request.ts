import { z } from "zod";
import { acceleratorReference } from "./accelerator-reference.ts";
import { count, positive, tokenCount } from "./fields.ts";
import { modelReference } from "./model-reference.ts";
import { trainingLayout } from "./parallel-layout.ts";

export const trainingPrecisions = ["bf16-mixed", "fp16-mixed", "bf16", "fp32"] as const;
export const optimizers = ["adamw", "sgd"] as const;
export const shardings = ["ddp", "zero-1", "zero-2", "zero-3", "fsdp"] as const;
export const recomputations = ["none", "selective", "full"] as const;

export const trainingRequest = z.strictObject({
  model: modelReference,
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
});

export type TrainingRequest = z.output<typeof trainingRequest>;

import { z } from "zod";
import { acceleratorReference, reserve } from "./accelerator-reference.ts";
import { engine } from "./engine.ts";
import { count } from "./fields.ts";
import { modelReference } from "./model-reference.ts";
import { parallelLayout } from "./parallel-layout.ts";
import { precision } from "./precision.ts";

/** What is asked: whether it fits, or the largest or smallest figure with which it still does. */
export const memoryQuestions = ["fit", "max-concurrency", "max-context", "min-accelerators", "accelerators"] as const;

export const memoryRequest = z.strictObject({
  model: modelReference,
  precision: precision.optional(),
  layout: parallelLayout.optional(),
  engine: engine.optional(),
  accelerator: acceleratorReference.optional().describe("Absent: parameters and bytes only."),
  reserve: reserve.optional(),
  concurrency: count(1_000_000).optional().describe("Requests that must run at once at maxModelLen."),
  solveFor: z
    .enum(memoryQuestions, { error: `must be one of ${memoryQuestions.join(", ")}` })
    .optional()
    .describe("fit: does it; max-concurrency, max-context: how much of it; min-accelerators, accelerators: on how many, on which."),
});

export type MemoryRequest = z.output<typeof memoryRequest>;
export type MemoryQuestion = (typeof memoryQuestions)[number];

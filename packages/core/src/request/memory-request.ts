import { z } from "zod";
import { acceleratorReference, reserve } from "./accelerator-reference.ts";
import { engine } from "./engine.ts";
import { count } from "./fields.ts";
import { modelReference } from "./model-reference.ts";
import { parallelLayout } from "./parallel-layout.ts";
import { precision } from "./precision.ts";

export const memoryRequest = z.strictObject({
  model: modelReference,
  precision: precision.optional(),
  layout: parallelLayout.optional(),
  engine: engine.optional(),
  accelerator: acceleratorReference.optional().describe("Absent: parameters and bytes only."),
  reserve: reserve.optional(),
  concurrency: count(1_000_000).optional().describe("Requests that must run at once at maxModelLen."),
});

export type MemoryRequest = z.output<typeof memoryRequest>;

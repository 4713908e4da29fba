import { z } from "zod";
import { label } from "./fields.ts";

/** Which model: a bundled id, or a Hugging Face config.json (with an id beside it, only its name). */
export const modelReference = z
  .strictObject({
    id: label.optional().describe("A bundled model's id; beside a config, only its name."),
    config: z
      .record(z.string(), z.unknown(), { error: "must be the object of a config.json" })
      .optional()
      .describe("A Hugging Face config.json."),
  })
  .refine((model) => model.id !== undefined || model.config !== undefined, 'needs "id" (a bundled model) or "config" (a config.json)')
  .describe("The model to plan for.");

export type ModelReference = z.output<typeof modelReference>;

import { z } from "zod";
import { count, label, positive, share } from "./fields.ts";

/** A thousand trillion: sums of such counts stay exact. */
const mostParameters = 1e15;
const parameterRule = `must be a whole number of parameters, 1 to ${mostParameters}`;
const parameterCount = z.int({ error: parameterRule }).min(1, parameterRule).max(mostParameters, parameterRule);
const parameterCountOrNone = z
  .int({ error: "must be a whole number of parameters, 0 or more" })
  .min(0, "must be a whole number of parameters, 0 or more")
  .max(mostParameters, parameterRule);

const sketchShape = {
  layers: count(10_000).optional(),
  hiddenSize: count(1_000_000).optional(),
  kvHeads: count(100_000).optional(),
  headDim: count(100_000).optional(),
};

const denseSketch = z.strictObject({ parameters: parameterCount.describe("All weights."), ...sketchShape });

const mixtureSketch = z
  .strictObject({
    experts: count(1_000_000).describe("Experts of a layer; each has the same place in all layers."),
    parametersPerExpert: parameterCount.describe("Of one expert over all layers."),
    sharedParameters: parameterCountOrNone.describe("Everything that every token uses."),
    routerParameters: parameterCountOrNone.optional(),
    expertsPerToken: count(1_000_000).optional(),
    activatedShare: share.optional().describe("Share of the experts that a token uses, in place of their number."),
    ...sketchShape,
  })
  .refine(
    ({ expertsPerToken, activatedShare }) => (expertsPerToken === undefined) !== (activatedShare === undefined),
    'needs one of "expertsPerToken" and "activatedShare"',
  )
  .refine(({ experts, expertsPerToken = 1 }) => expertsPerToken <= experts, {
    path: ["expertsPerToken"],
    error: "must not be more than experts",
  });

/** A model by counts alone. */
export const modelSketch = z
  .union([denseSketch, mixtureSketch], {
    error: 'needs "parameters", or "experts", "parametersPerExpert", "sharedParameters" and one of "expertsPerToken" and "activatedShare"',
  })
  .describe("A model by counts alone: weights are exact, what depends on its shape is assumed.");

/** What a checkpoint holds, as its publisher's index tells it. */
export const checkpoint = z
  .strictObject({
    parametersByDtype: z.record(label, parameterCountOrNone).optional().describe("Elements by safetensors dtype: BF16, F8_E4M3, U8, …"),
    totalBytes: positive(1e16).optional().describe("Of all weight files."),
  })
  .refine(
    ({ parametersByDtype, totalBytes }) => parametersByDtype !== undefined || totalBytes !== undefined,
    'needs "parametersByDtype" or "totalBytes"',
  )
  .describe("How the weights are stored, where the config does not tell.");

/** Which model: a bundled id, a Hugging Face config.json, or counts alone (an id beside these is only a name). */
export const modelReference = z
  .strictObject({
    id: label.optional().describe("A bundled model's id; beside a config or a sketch, only its name."),
    config: z
      .record(z.string(), z.unknown(), { error: "must be the object of a config.json" })
      .optional()
      .describe("A Hugging Face config.json."),
    sketch: modelSketch.optional(),
    checkpoint: checkpoint.optional(),
  })
  .refine(
    (model) => model.id !== undefined || model.config !== undefined || model.sketch !== undefined,
    'needs "id" (a bundled model), "config" (a config.json) or "sketch" (counts alone)',
  )
  .refine((model) => model.config === undefined || model.sketch === undefined, {
    path: ["sketch"],
    error: "must not stand beside a config, which tells the shape",
  })
  .describe("The model to plan for.");

export type ModelReference = z.output<typeof modelReference>;
export type ModelSketch = z.output<typeof modelSketch>;
export type Checkpoint = z.output<typeof checkpoint>;

import { z } from "zod";
import { acceleratorReference } from "../request/accelerator-reference.ts";
import { engine } from "../request/engine.ts";
import { count, positive, tokenCount } from "../request/fields.ts";
import { modelReference } from "../request/model-reference.ts";
import { parallelLayout } from "../request/parallel-layout.ts";
import { precision } from "../request/precision.ts";
import { measurement, resultFormatName } from "./measurement.ts";

/** Longer than any export of a benchmark that a person looks at. */
const longestText = 32_000_000;

const workload = z
  .strictObject({
    islTokens: tokenCount.optional(),
    oslTokens: tokenCount.optional(),
    concurrency: count(1_000_000).optional(),
    requestRatePerSecond: positive(1e9).optional(),
  })
  .refine((load) => load.concurrency === undefined || load.requestRatePerSecond === undefined, {
    path: ["requestRatePerSecond"],
    message: "stands against concurrency: give at most one of the two",
  })
  .describe("In place of what the file does not say, or says wrongly.");

/** A benchmark's result file, with what it does not say about the replica it ran against. */
export const measurementImport = z
  .strictObject({
    format: resultFormatName.optional().describe("Absent: recognised by its fields."),
    model: modelReference,
    accelerator: acceleratorReference,
    layout: parallelLayout.optional(),
    engine: engine.optional().describe("Absent: the engine whose benchmark it is, or that the file names."),
    precision: precision.optional(),
    workload: workload.optional(),
    measuredAt: measurement.shape.measuredAt,
    result: z
      .union([z.record(z.string(), z.unknown()), z.array(z.unknown())], {
        error: "must be the object that the file holds, or a list of such",
      })
      .optional()
      .describe("The file's content, parsed."),
    text: z
      .string({ error: "must be the file's text" })
      .max(longestText)
      .optional()
      .describe("The file's content as it is, JSON or one JSON a line."),
  })
  .refine(({ result, text }) => (result === undefined) !== (text === undefined), {
    path: ["result"],
    message: 'must hold the file\'s content, parsed, or else "text" the content as it is: one of the two',
  });

const refusedRun = z.strictObject({
  row: z.int().describe("Counted from 1 through the whole file."),
  errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })),
});

/** What became of an import, each run of the file either way. */
export const importedMeasurements = z.strictObject({
  measurements: z.array(z.strictObject({ id: z.string(), ...measurement.shape })),
  alreadyThere: z.int().describe("Of these, how many had been imported before."),
  refused: z.array(refusedRun).describe("Runs that were left out, and why."),
});

export type MeasurementImport = z.output<typeof measurementImport>;
export type ImportedMeasurements = z.output<typeof importedMeasurements>;
export type RefusedRun = z.output<typeof refusedRun>;

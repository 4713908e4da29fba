import { importedMeasurements } from "@headroom/core";
import { z } from "zod";
import { pageOf, pageQuery } from "./page.ts";
import { instant } from "./schedule.ts";

const storedMeasurement = z.strictObject({ ...importedMeasurements.shape.measurements.element.shape, importedAt: instant });

export const measurementPage = pageOf(storedMeasurement);

export const measurementsQuery = pageQuery.extend({
  model: z.string().max(200).optional().describe('A bundled model\'s id, or the "config:…" of a measurement.'),
  accelerator: z.string().max(200).optional().describe("An accelerator's id or alias."),
});

export type StoredMeasurementDocument = z.output<typeof storedMeasurement>;

export interface MeasurementsQuery {
  readonly model?: string | undefined;
  readonly accelerator?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

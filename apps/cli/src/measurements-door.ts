import type { Answer, HeadroomClient } from "@headroom/client";
import {
  type ImportedMeasurements,
  importMeasurements,
  type MeasurementImport,
  measurementId,
  measurementImport,
  parseRequest,
} from "@headroom/core";
import { forgetMeasurement, keepMeasurements, localMeasurements } from "./local-measurements.ts";
import { problemOf } from "./problem-of.ts";

type Imported = ImportedMeasurements["measurements"];

/** Where measurements are kept: on this machine or on a server. */
export interface MeasurementsDoor {
  readonly import: (request: unknown) => Promise<Answer<ImportedMeasurements>>;
  readonly list: () => Promise<Answer<Imported>>;
  readonly remove: (id: string) => Promise<Answer<undefined>>;
}

export const localMeasurementsDoor: MeasurementsDoor = {
  import: async (input) => {
    const request = parseRequest(measurementImport, input);
    const read = request.ok ? importMeasurements(request.value) : request;
    if (!read.ok) return { ok: false, kind: "problem", problem: problemOf(read.errors) };
    const { measurements, refused } = read.value;
    const alreadyThere = measurements.length - keepMeasurements(measurements);
    return { ok: true, value: { measurements: measurements.map(withId), alreadyThere, refused: [...refused] } };
  },
  list: async () => ({ ok: true, value: localMeasurements().map(withId) }),
  remove: async (id) =>
    forgetMeasurement(id)
      ? { ok: true, value: undefined }
      : { ok: false, kind: "problem", problem: problemOf([{ pointer: "/id", detail: `"${id}" is the id of no measurement here` }]) },
};

/** What was read goes out as it is: the server checks it and names the field that is wrong. */
export const serverMeasurementsDoor = (client: HeadroomClient): MeasurementsDoor => ({
  import: (request) => client.importMeasurements(request as MeasurementImport),
  list: async () => {
    const items: Imported = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await client.listMeasurements({ limit: 200, cursor });
      if (!page.ok) return page;
      items.push(...page.value.items.map(({ importedAt: _importedAt, ...run }) => run));
      cursor = page.value.next;
    }
    return { ok: true, value: items };
  },
  remove: (id) => client.removeMeasurement(id),
});

const withId = (run: Imported[number] | Omit<Imported[number], "id">): Imported[number] => ({ id: measurementId(run), ...run });

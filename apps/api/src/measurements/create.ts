import { type ImportedMeasurements, importedMeasurements, importMeasurements, measurementId, measurementImport } from "@headroom/core";
import type { Dependencies } from "../dependencies.ts";
import { bodyProblems, type Operation } from "../http/operation.ts";
import { readBody } from "../http/read-body.ts";
import { refuseFields } from "../http/refuse.ts";

/** Benchmarks that keep every request write files far larger than a request to plan. */
const largestFile = 32 * 1024 * 1024;

export const createMeasurementsOperation = ({ store }: Dependencies): Operation => ({
  method: "post",
  path: "/v1/measurements",
  tag: "Measurements",
  summary: "Store the runs of a benchmark's result file: vLLM bench serve, SGLang, GuideLLM or AIPerf",
  body: measurementImport,
  largestBody: largestFile,
  answers: {
    200: { description: "Every run was stored before.", schema: importedMeasurements },
    201: { description: "They are stored; runs that cannot be compared stand under refused.", schema: importedMeasurements },
  },
  problems: bodyProblems,
  handle: async (context) => {
    const body = await readBody(context, measurementImport);
    if (!body.ok) return body.response;
    const read = importMeasurements(body.value);
    if (!read.ok) return refuseFields(context, read.errors);
    const { measurements, refused } = read.value;
    const created = await store.measurements.create(measurements);
    const answer: ImportedMeasurements = {
      measurements: measurements.map((run) => ({ id: measurementId(run), ...run })),
      alreadyThere: measurements.length - created,
      refused: [...refused],
    };
    return context.json(answer, created > 0 ? 201 : 200);
  },
});

import { type ParallelLayout, resolveReplica } from "../memory/index.ts";
import { parseRequest } from "../request/parse-request.ts";
import { type FieldError, type Outcome, refuse, refuseAll, succeed, under } from "../units/index.ts";
import type { BenchmarkRun, ResultFormat } from "./formats/result-format.ts";
import { recognisedFormat, resultFormat } from "./formats/result-formats.ts";
import { type MeasuredReplica, measuredReplica } from "./measured-replica.ts";
import { type Measurement, measurement, type ResultFormatName, resultFormatNames } from "./measurement.ts";
import type { MeasurementImport, RefusedRun } from "./measurement-import.ts";
import { readResultText } from "./read-result-text.ts";

/** The runs of a file that can be compared, and those that cannot. */
export interface ReadMeasurements {
  readonly measurements: readonly Measurement[];
  readonly refused: readonly RefusedRun[];
}

/** More runs than any sweep has. */
const mostRuns = 2000;

/** Reads a benchmark's result file. A file none of whose runs can be taken is refused as a whole. */
export const importMeasurements = (request: MeasurementImport): Outcome<ReadMeasurements> => {
  const replica = measuredReplica(request);
  if (!replica.ok) return replica;
  const runnable = resolveReplica(request);
  if (!runnable.ok) return runnable;
  const runs = runsOf(request);
  if (!runs.ok) return runs;
  const read = runs.value.map((run) =>
    run.ok ? measurementOf({ ...run.value, request, replica: replica.value, layout: splitOf(runnable.value.layout) }) : run,
  );
  const measurements = read.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  const refused = read.flatMap((outcome, index) => (outcome.ok ? [] : [{ row: index + 1, errors: [...outcome.errors] }]));
  return measurements.length > 0 ? succeed({ measurements, refused }) : refuseAll(errorsOf(refused));
};

/** A hostile file may be wrong in a thousand places. */
const mostErrors = 100;

const errorsOf = (refused: readonly RefusedRun[]): readonly FieldError[] => refused.flatMap(({ errors }) => errors).slice(0, mostErrors);

interface ReadRun {
  readonly format: ResultFormat;
  readonly pointer: string;
  readonly run: BenchmarkRun;
}

const runsOf = (request: MeasurementImport): Outcome<readonly Outcome<ReadRun>[]> => {
  const documents = documentsOf(request);
  if (!documents.ok) return documents;
  const field = request.text === undefined ? "/result" : "/text";
  const tooMany = refuse(field, `has more than ${mostRuns} runs: take it apart`);
  if (documents.value.length > mostRuns) return tooMany;
  const runs = documents.value.flatMap((located) => runsOfDocument(located, request.format));
  if (runs.length === 0) return refuse(field, "has no run in it");
  return runs.length > mostRuns ? tooMany : succeed(runs);
};

const runsOfDocument = ({ pointer, document }: Located, name: ResultFormatName | undefined): readonly Outcome<ReadRun>[] => {
  const format = name === undefined ? recognisedFormat(document) : resultFormat(name);
  if (!format) return [refuse(pointer, `is none of ${resultFormatNames.join(", ")}: name its "format" if it is one of them`)];
  return format.runsOf(document).map((run) => (run.ok ? succeed({ format, pointer, run: run.value }) : under(pointer, run)));
};

interface Located {
  readonly pointer: string;
  readonly document: unknown;
}

const documentsOf = ({ result, text }: MeasurementImport): Outcome<readonly Located[]> => {
  if (text === undefined) return succeed(Array.isArray(result) ? inList("/result", result) : [{ pointer: "/result", document: result }]);
  const read = under("/text", readResultText(text));
  if (!read.ok) return read;
  const [only] = read.value;
  return succeed(read.value.length === 1 ? [{ pointer: "/text", document: only }] : inList("/text", read.value));
};

const inList = (pointer: string, documents: readonly unknown[]): Located[] =>
  documents.map((document, index) => ({ pointer: `${pointer}/${index}`, document }));

interface Described extends ReadRun {
  readonly request: MeasurementImport;
  readonly replica: MeasuredReplica;
  readonly layout: Measurement["layout"];
}

/** What the request says of the workload and the engine stands before what the file says. */
const measurementOf = ({ request, replica, layout, format, pointer, run }: Described): Outcome<Measurement> => {
  const { engineName, islTokens, oslTokens, concurrency, requestRatePerSecond, ...figures } = run;
  const { islTokens: isl, oslTokens: osl, ...load } = request.workload ?? {};
  const told = load.concurrency !== undefined || load.requestRatePerSecond !== undefined;
  if (!told && concurrency === undefined && requestRatePerSecond === undefined)
    return refuse("/workload", `is missing: the file does not say the concurrency or the request rate of the run at ${pointer}`);
  const described = {
    ...replica,
    engine: { ...request.engine, name: request.engine?.name ?? engineName ?? format.usualEngine },
    layout,
    precision: request.precision ?? {},
    islTokens: isl ?? wholeNumber(islTokens),
    oslTokens: osl ?? wholeNumber(oslTokens),
    ...(told ? load : { concurrency: wholeNumber(concurrency), requestRatePerSecond }),
    ...figures,
    measuredAt: request.measuredAt ?? figures.measuredAt,
    source: format.name,
  };
  return under(pointer, parseRequest(measurement, withoutAbsent(described)));
};

/** Only what is split, so that one run has one content however its layout was spelt. */
const splitOf = (layout: ParallelLayout): Measurement["layout"] =>
  Object.fromEntries(Object.entries(layout).filter(([, size]) => size !== 1 && size !== false));

const wholeNumber = (mean: number | undefined): number | undefined => mean && Math.max(1, Math.round(mean));

const withoutAbsent = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

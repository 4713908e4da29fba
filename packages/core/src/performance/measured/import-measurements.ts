import { type Outcome, refuse, succeed } from "../../units/index.ts";
import type { ServingMeasurement } from "./measurement.ts";
import { measurementReaders } from "./measurement-readers.ts";

/** Reads what `vllm bench serve`, SGLang's bench_serving, GuideLLM or AIPerf wrote: one JSON document, or one a line. */
export const importMeasurements = (text: string): Outcome<readonly ServingMeasurement[]> => {
  const documents = documentsIn(text);
  if (!documents) return refuse("", "is neither a JSON document nor one JSON document a line");
  const measurements: ServingMeasurement[] = [];
  for (const [index, document] of documents.entries()) {
    const read = measurementReaders.map((reader) => reader(document)).find((found) => found !== undefined);
    if (!read) return refuse(`/${index}`, "is not a result of vllm bench serve, SGLang bench_serving, GuideLLM or AIPerf");
    for (const one of read) {
      if (!isComplete(one)) return refuse(`/${index}`, "lacks the lengths of its requests, or both latencies and throughput");
      measurements.push(one);
    }
  }
  return measurements.length > 0 ? succeed(measurements) : refuse("", "holds no result");
};

const documentsIn = (text: string): readonly unknown[] | undefined => {
  const whole = parsed(text);
  if (whole !== undefined) return [whole];
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const documents = lines.map(parsed);
  return lines.length > 0 && documents.every((document) => document !== undefined) ? documents : undefined;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isComplete = (one: Partial<ServingMeasurement>): one is ServingMeasurement =>
  one.tool !== undefined &&
  (one.islTokens ?? 0) > 0 &&
  (one.oslTokens ?? 0) > 0 &&
  (one.meanTpotMs !== undefined || one.meanTtftMs !== undefined || one.outputTokensPerSecond !== undefined);

import type { ResultFormatName } from "../measurement.ts";
import { aiperf } from "./aiperf.ts";
import { guidellm } from "./guidellm.ts";
import type { ResultFormat } from "./result-format.ts";
import { sglangBench } from "./sglang-bench.ts";
import { vllmBenchServe } from "./vllm-bench-serve.ts";

const formats: Readonly<Record<ResultFormatName, ResultFormat>> = {
  "vllm-bench-serve": vllmBenchServe,
  "sglang-bench": sglangBench,
  guidellm,
  aiperf,
};

export const resultFormat = (name: ResultFormatName): ResultFormat => formats[name];

/** The format whose fields a document has. */
export const recognisedFormat = (document: unknown): ResultFormat | undefined => {
  if (typeof document !== "object" || document === null || Array.isArray(document)) return undefined;
  return Object.values(formats).find(({ recognises }) => recognises(document as Readonly<Record<string, unknown>>));
};

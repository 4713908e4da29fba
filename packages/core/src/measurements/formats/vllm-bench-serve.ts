import type { ResultFormat } from "./result-format.ts";
import { readServingScript } from "./serving-script.ts";

/** `vllm bench serve --save-result`, and benchmark_serving.py before it. */
export const vllmBenchServe: ResultFormat = {
  name: "vllm-bench-serve",
  usualEngine: "vllm",
  recognises: (document) => "output_throughput" in document && "model_id" in document,
  runsOf: (document) => [readServingScript(document, { engineName: undefined, measuredAt: dayOf(document) })],
};

/** `20260730-101500`, in the clock of whoever ran it. */
const dayOf = (document: unknown): string | undefined => {
  const date = typeof document === "object" && document !== null && "date" in document ? String(document.date) : "";
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})-\d{6}$/.exec(date) ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}`;
};
